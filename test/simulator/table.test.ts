import { makeId } from '../../simulator/org/ids.ts'
import type { Row } from '../../simulator/org/rows.ts'
import { firstAfter, firstFrom, Table } from '../../simulator/org/table.ts'

interface Person extends Row {
  Name: string
  Age: number | null
}

function tableOf(count: number): Table<Person> {
  const table = new Table<Person>()
  for (let n = count; n > 0; n--) table.insert({ Id: makeId('005', n), Name: `Person ${n}`, Age: n % 7 })
  return table
}

describe.each([10, 3000])('a table of %i rows', (count) => {
  const id = makeId('005', 5)

  test('knows its ids in order, whatever the order in which they came', () => {
    const table = tableOf(count)
    table.delete(id)
    table.insert({ Id: id, Name: 'Again', Age: null })
    expect(table.ids).toEqual([...table.keys()].sort())
    expect(table.ids).toHaveLength(count)
  })

  test('finds rows by a field without regard to case, after every kind of write', () => {
    const table = tableOf(count)
    const names = (name: string | null): string[] => table.where('Name', name).map((row) => row.Id)
    expect(names('PERSON 5')).toEqual([id])
    const row = table.get(id)
    if (row === undefined) throw new Error('no row')
    table.update(row, { Name: 'Other' })
    expect([names('person 5'), names('other')]).toEqual([[], [id]])
    table.set(id, { Id: id, Name: 'Third', Age: null })
    expect([names('other'), names('third')]).toEqual([[], [id]])
    table.delete(id)
    expect(names('third')).toEqual([])
  })

  test('selects rows anew after every write', () => {
    const table = tableOf(count)
    const sixes = (): number => table.select('sixes', (row) => row.Age === 6).length
    const before = sixes()
    const row = table.get(id)
    if (row === undefined) throw new Error('no row')
    table.update(row, { Age: 6 })
    expect(sixes()).toBe(before + 1)
    table.remove(row)
    expect(sixes()).toBe(before)
  })

  test('tells how to undo each write', () => {
    const table = tableOf(count)
    const row = table.get(id)
    if (row === undefined) throw new Error('no row')
    expect(table.where('Name', 'Person 5')).toHaveLength(1)
    const undos: (() => void)[] = []
    table.onWrite = (undo) => undos.push(undo)
    table.update(row, { Name: 'Other' })
    table.remove(row)
    table.insert({ Id: makeId('005', 99_999), Name: 'New', Age: null })
    for (const undo of undos.reverse()) undo()
    expect(table.where('Name', 'Person 5').map((each) => each.Id)).toEqual([id])
    expect([table.where('Name', 'Other'), table.where('Name', 'New')]).toEqual([[], []])
    expect(table.ids).toHaveLength(count)
  })
})

test('bisection finds the places around an id, whether it is there or not', () => {
  const ids = ['b', 'd', 'f']
  expect(['a', 'b', 'c', 'f', 'g'].map((id) => firstAfter(ids, id))).toEqual([0, 1, 1, 3, 3])
  expect(['a', 'b', 'c', 'f', 'g'].map((id) => firstFrom(ids, id))).toEqual([0, 0, 1, 2, 3])
})

import fc from 'fast-check'
import { type PageRequest, pages } from '../../shared/scim/page.ts'
import { toListResponse, toSearchResponse, toResource } from '../../shared/scim/schema.ts'
import { runs } from '../matrix.ts'

type Answer = (request: PageRequest, number: number) => unknown

const idOf = (number: number): string => `005${String(number).padStart(15, '0')}`
const rows = (from: number, length: number) =>
  Array.from({ length }, (_, index) => ({ id: idOf(from + index) }))
const idsFrom = (count: number): string[] => rows(1, count).map(({ id }) => id)

/** Walks a list; gives up, loudly, where the walk does not end by itself. */
async function walk(answer: Answer, count?: number): Promise<{ ids: string[]; requests: PageRequest[] }> {
  const requests: PageRequest[] = []
  const ids: string[] = []
  const fetchPage = (request: PageRequest) => {
    requests.push(request)
    if (requests.length > 5000) throw new Error('the walk does not end')
    return Promise.resolve(toListResponse(answer(request, requests.length)))
  }
  for await (const page of pages(fetchPage, count)) ids.push(...page.map(({ id }) => id))
  return { ids, requests }
}

/** A list as the pilot serves it: at most `cap` rows, no index above 2001, no `Resources` on an empty page. */
const server =
  (all: () => readonly { id: string }[], cap = 200, totalResults?: unknown): Answer =>
  ({ startIndex, count, after }) => {
    if (startIndex < 1 || startIndex > 2001) throw new Error(`Illegal startIndex value: ${startIndex}`)
    const left = all().filter(({ id }) => after === undefined || id > after)
    const page = left.slice(startIndex - 1, startIndex - 1 + Math.min(count, cap))
    const total = totalResults ?? left.length
    return page.length === 0 ? { totalResults: 0 } : { totalResults: total, Resources: page }
  }

test.each([0, 1, 39, 40, 41, 199, 200, 201, 400, 2000, 2001, 2002, 2200, 4001, 4200, 6500])(
  'every one of %i rows comes once and in order',
  async (length) => {
    const { ids } = await walk(server(() => rows(1, length)))
    expect(ids).toEqual(idsFrom(length))
  },
)

test('a page may be shorter than asked for: the walk goes on by what arrived', async () => {
  const { ids, requests } = await walk(server(() => rows(1, 95), 10))
  expect(ids).toEqual(idsFrom(95))
  expect(requests.map(({ startIndex }) => startIndex)).toEqual([1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 96])
})

test.each([
  ['too small', 1],
  ['too large', 10_000],
  ['zero', 0],
  ['a text', '95'],
  ['nonsense', 'many'],
  ['absent', null],
])('a total that is %s changes nothing', async (_name, total) => {
  const { ids } = await walk(server(() => rows(1, 95), 10, total))
  expect(ids).toEqual(idsFrom(95))
})

test('every request has a start and a count, and past 2001 goes on after the last id', async () => {
  const { requests } = await walk(
    server(() => rows(1, 2300)),
    100,
  )
  expect(
    requests.every(({ startIndex, count }) => startIndex >= 1 && startIndex <= 2001 && count === 100),
  ).toBe(true)
  expect(requests.filter(({ after }) => after === undefined)).toHaveLength(21)
  expect(requests.filter(({ after }) => after === idOf(2100))).toHaveLength(3)
})

test('rows that appear and vanish during the walk do not keep it from ending', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('appear', 'vanish', 'stay'), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 60 }),
      async (moves, cap) => {
        let list = rows(1, 120)
        const answer = server(() => list, cap)
        const { ids } = await walk((request, number) => {
          const move = moves[number % moves.length]
          // At the end, where new ids belong, and at the beginning, where it moves everything.
          if (move === 'appear' && number < 60) list = [...list, ...rows(1000 + number, 1)]
          if (move === 'vanish') list = list.slice(1)
          return answer(request, number)
        })
        expect(ids.length).toBeLessThanOrEqual(180)
      },
    ),
    { numRuns: runs(100) },
  )
})

test('a list that never moves on past the last id is an error, not the end', async () => {
  const stuck: Answer = () => ({ totalResults: 9000, Resources: rows(1, 200) })
  await expect(walk(stuck)).rejects.toThrow('Salesforce gave the same page of a list twice')
})

test('a list that goes round in circles is an error, not an endless walk', async () => {
  const round: Answer = ({ after }) => ({ Resources: rows(after === idOf(200) ? 300 : 1, 200) })
  await expect(walk(round)).rejects.toThrow('Salesforce gave the same page of a list twice')
})

test.each([
  ['no body', undefined, []],
  ['no Resources', { totalResults: 0 }, []],
  ['Resources that are null', { totalResults: 0, Resources: null }, []],
  ['an empty list', { totalResults: 0, Resources: [] }, []],
  ['a list without a total', { Resources: [{ id: 'a' }] }, [{ id: 'a' }]],
])('%s is a page', (_name, answer, resources) => {
  expect(toListResponse(answer)).toEqual({ resources, totalResults: resources.length })
})

test.each([
  ['null', null],
  ['an array', []],
  ['a text', 'x'],
  ['an object that is no list', {}],
  ['an error', { message: 'x', errorCode: 'Y' }],
  ['Resources that are no list', { totalResults: 1, Resources: {} }],
  ['a resource without an id', { Resources: [{ userName: 'a' }] }],
  ['a resource with an empty id', { Resources: [{ id: '' }] }],
  ['a resource that is null', { Resources: [null] }],
  ['a total that is no number, without Resources', { totalResults: 'many' }],
  ['a total that is null, without Resources', { totalResults: null, Resources: null }],
  ['a total that is a list, without Resources', { totalResults: [] }],
  ['a total below zero, without Resources', { totalResults: -1 }],
])('%s is no page', (_name, answer) => {
  expect(() => toListResponse(answer)).toThrow(/^Salesforce answered with/)
})

test.each([{ totalResults: 1 }, { totalResults: '2', Resources: null }, { totalResults: 1, Resources: [] }])(
  'a search that counts results and shows none is not empty: %j',
  (answer) => {
    expect(() => toSearchResponse(answer)).toThrow(
      /^Salesforce says that a search has \d results, and shows none$/,
    )
  },
)

test('a search without a result is empty', () => {
  const none = { resources: [], totalResults: 0 }
  for (const answer of [undefined, { totalResults: 0 }, { totalResults: '0' }, { Resources: [] }]) {
    expect(toSearchResponse(answer)).toEqual(none)
  }
})

test('a resource has an id, and the error says what was expected', () => {
  expect(toResource({ id: 'a', x: 1 }, 'the user')).toEqual({ id: 'a', x: 1 })
  for (const answer of [undefined, null, [], {}, { id: 7 }, { id: '' }, 'a']) {
    expect(() => toResource(answer, 'the user')).toThrow(
      'Salesforce answered with something else than the user',
    )
  }
})

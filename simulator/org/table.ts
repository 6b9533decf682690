import type { FieldValue, Row } from './rows.ts'

/** Below this many rows nothing is cached, so that a test may change a row in place and be believed. */
const smallTable = 2000

function key(value: FieldValue | undefined): FieldValue {
  return typeof value === 'string' ? value.toLowerCase() : (value ?? null)
}

/**
 * Rows by id, which also knows their order. Writes go through `insert`, `update` and `remove`, which
 * tell `onWrite` how to undo them. In an org of more than 2000 rows lookups use indexes that see only
 * such writes; in a smaller one every lookup reads the rows.
 */
export class Table<R extends Row> extends Map<string, R> {
  onWrite: ((undo: () => void) => void) | undefined
  /** Grows with every write. */
  version = 0
  #order: string[] = []
  #indexes = new Map<string, Map<FieldValue, Set<string>>>()
  #selections = new Map<string, { version: number; ids: readonly string[] }>()

  /** All ids, ascending. */
  get ids(): readonly string[] {
    return this.#order
  }

  override set(id: string, row: R): this {
    const before = this.get(id)
    if (before === undefined) this.#place(id)
    else this.#unindex(before)
    super.set(id, row)
    this.#index(row)
    this.version++
    return this
  }

  override delete(id: string): boolean {
    const row = this.get(id)
    if (row === undefined) return false
    this.#unindex(row)
    this.#order.splice(firstAfter(this.#order, id) - 1, 1)
    this.version++
    return super.delete(id)
  }

  override clear(): void {
    super.clear()
    this.#order = []
    this.#indexes.clear()
    this.version++
  }

  insert(row: R): R {
    this.set(row.Id, row)
    this.onWrite?.(() => this.delete(row.Id))
    return row
  }

  update(row: R, changes: Partial<R>): void {
    const before = { ...row }
    this.#unindex(row)
    Object.assign(row, changes)
    this.#index(row)
    this.version++
    this.onWrite?.(() => {
      this.#unindex(row)
      Object.assign(row, before)
      this.#index(row)
      this.version++
    })
  }

  remove(row: R): void {
    if (this.delete(row.Id)) this.onWrite?.(() => this.set(row.Id, row))
  }

  /** The rows whose field has this value; texts compare without case, as in SOQL. */
  where(field: string, value: FieldValue): R[] {
    const wanted = key(value)
    if (this.size <= smallTable) {
      const found: R[] = []
      for (const row of this.values()) if (key(row[field]) === wanted) found.push(row)
      return found
    }
    let index = this.#indexes.get(field)
    if (index === undefined) {
      index = new Map()
      this.#indexes.set(field, index)
      for (const row of this.values()) add(index, key(row[field]), row.Id)
    }
    const found: R[] = []
    for (const id of index.get(wanted) ?? []) {
      const row = this.get(id)
      if (row !== undefined) found.push(row)
    }
    return found
  }

  /** The ids, ascending, of the rows that pass; in a large table remembered by `name` until the next write. */
  select(name: string, passes: (row: R) => boolean): readonly string[] {
    const kept = this.#selections.get(name)
    if (this.size > smallTable && kept?.version === this.version) return kept.ids
    const ids = this.#order.filter((id) => {
      const row = this.get(id)
      return row !== undefined && passes(row)
    })
    if (this.size > smallTable) {
      if (this.#selections.size > 50) this.#selections.clear()
      this.#selections.set(name, { version: this.version, ids })
    }
    return ids
  }

  #place(id: string): void {
    const last = this.#order.at(-1)
    if (last === undefined || last < id) this.#order.push(id)
    else this.#order.splice(firstAfter(this.#order, id), 0, id)
  }

  #index(row: R): void {
    for (const [field, index] of this.#indexes) add(index, key(row[field]), row.Id)
  }

  #unindex(row: R): void {
    for (const [field, index] of this.#indexes) index.get(key(row[field]))?.delete(row.Id)
  }
}

function add(index: Map<FieldValue, Set<string>>, value: FieldValue, id: string): void {
  const ids = index.get(value)
  if (ids === undefined) index.set(value, new Set([id]))
  else ids.add(id)
}

/** The place of the first id that is greater than `id`, in a list in ascending order. */
export function firstAfter(ids: readonly string[], id: string): number {
  let low = 0
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ids[middle] ?? '') <= id) low = middle + 1
    else high = middle
  }
  return low
}

/** The place of the first id that is not less than `id`, in a list in ascending order. */
export function firstFrom(ids: readonly string[], id: string): number {
  const place = firstAfter(ids, id)
  return ids[place - 1] === id ? place - 1 : place
}

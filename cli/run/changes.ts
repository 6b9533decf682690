import type { Output } from '../script/script.ts'

/** One field of an account, before and after. */
export interface FieldChange {
  readonly name: string
  readonly before: string
  readonly after: string
  readonly kind: 'added' | 'changed' | 'cleared' | 'same'
}

/** The fields of an answer, before and after. Empty, null and absent are the same; booleans and numbers go by their text. */
export function changesOf({ Data = {}, PreviousData = {} }: Output): FieldChange[] {
  const names = new Set([...Object.keys(Data), ...Object.keys(PreviousData)])
  return [...names].map((name) => {
    const [before, after] = [textOf(PreviousData[name]), textOf(Data[name])]
    return { name, before, after, kind: kindOf(before, after) }
  })
}

function kindOf(before: string, after: string): FieldChange['kind'] {
  if (before === after) return 'same'
  if (before === '') return 'added'
  return after === '' ? 'cleared' : 'changed'
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

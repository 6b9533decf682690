/** An English text and its Dutch. `{}` stands for a value, `{raw}` for one that is quoted as it came. */
export type Translation = readonly [english: string, dutch: string]

/** A translation whose English is compiled. */
export interface Template {
  readonly form: RegExp
  readonly dutch: string
  /** For each value, whether it stays as it is: what is quoted, and what stands in brackets. */
  readonly isRaw: readonly boolean[]
  /** Whether it has so little text of its own that much would fit by chance: its values are names then, or texts of ours. */
  readonly isShort: boolean
}

/** So many characters of its own make a template that nothing fits by chance. */
const tellingLength = 14

const placeholder = /\{(?:raw)?\}/g

export function hasPlaceholder(english: string): boolean {
  return english.search(placeholder) >= 0
}

export function toTemplate([english, dutch]: Translation): Template {
  const isRaw = [...english.matchAll(placeholder)].map(({ 0: token, index }) => {
    const isBracketed = english[index - 1] === '[' && english[index + token.length] === ']'
    return isBracketed || token === '{raw}'
  })
  const literals = english.split(placeholder).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return {
    form: new RegExp(`^${literals.join('([\\s\\S]*?)')}$`),
    dutch,
    isRaw,
    isShort: ownText(english).length < tellingLength,
  }
}

/**
 * Those that begin with a text of their own first, which no value before it can swallow; then those with the most text of
 * their own.
 */
export function byOwnText([a]: Translation, [b]: Translation): number {
  const beginsWithValue = (english: string): number => (english.startsWith('{') ? 1 : 0)
  return beginsWithValue(a) - beginsWithValue(b) || ownText(b).length - ownText(a).length
}

function ownText(english: string): string {
  return english.replace(placeholder, '')
}

/** The Dutch with its values: `{}` in their order, `{2}` the second. */
export function fill(dutch: string, values: readonly string[]): string {
  let next = 0
  return dutch.replace(/\{(?:raw|\d)?\}/g, (token) => {
    const number = /\d/.exec(token)?.[0]
    return values[number === undefined ? next++ : Number(number) - 1] ?? ''
  })
}

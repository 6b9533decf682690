import { type AST, parseRegExpLiteral } from '@eslint-community/regexpp'

/**
 * Why a regular expression may take more than linear time, by its form; an empty list where it cannot. It is strict: what it
 * passes is linear, what it refuses may be.
 *
 * A text costs linear time if (a) no choice is tried twice for the same characters: what a repetition repeats cannot begin as
 * what follows it does, and (b) a failed search reads no character again from the next start: it can fail only within a bounded
 * number of characters, or no match can start within what was read.
 */
export function superlinearParts(literal: string): string[] {
  const { pattern, flags } = parseRegExpLiteral(literal)
  const reader = new Reader(`${flags.ignoreCase ? 'i' : ''}${flags.unicode ? 'u' : ''}`)
  reader.readAlternatives(pattern.alternatives, endOfText, false)
  const faults = [...reader.faults]
  if (reader.ambiguous > mostPaths) faults.push(`its choices combine to ${reader.ambiguous} paths`)
  if (!flags.sticky)
    for (const alternative of pattern.alternatives)
      faults.push(...reader.restarts(alternative, flags.multiline))
  return [...new Set(faults)]
}

/** A repetition of at most so many is bounded. */
const bounded = 1000

/** A pattern's end of at most so many characters can be tried everywhere. */
const shortTail = 20

/** How often bounded choices may be tried at one place. */
const mostPaths = 100_000

/** Characters that stand for all: those below U+0300, blanks, letters and marks beyond, our marks, halves of a character. */
const alphabet: readonly string[] = [
  ...Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code)),
  ...['\u0416', '\u1680', '\u200b', '\u2028', '\u2029', '\u202e', '\u3000', '\u4e00', '\ud800', '\udc00'],
  ...['\ue000', '\ue001', '\ufeff', '\u{1f600}'],
]

/** Places in the alphabet. */
type Characters = ReadonlySet<number>

const nothing: Characters = new Set()
/** The end of the text is no character. */
const endOfText: Characters = nothing
const everything: Characters = new Set(alphabet.keys())

class Reader {
  readonly faults: string[] = []
  /** Product of what bounded choices can be tried. */
  ambiguous = 1
  readonly #flags: string
  readonly #known = new Map<string, Characters>()

  constructor(flags: string) {
    this.#flags = flags
  }

  /** `follow` is what can come next; `isRepeated` whether an unbounded repetition is around. */
  readAlternatives(
    alternatives: readonly AST.Alternative[],
    follow: Characters,
    isRepeated: boolean,
    tail = 0,
  ): void {
    if (isRepeated && alternatives.length > 1) {
      const firsts = alternatives.map((alternative) => this.#first(alternative.elements, follow))
      const overlap = firsts.some((first, at) => firsts.slice(at + 1).some((other) => meet(first, other)))
      if (overlap) this.faults.push(`alternatives within a repetition begin alike: ${rawOf(alternatives)}`)
    }
    const before = this.ambiguous
    let paths = 0
    for (const { elements } of alternatives) {
      this.ambiguous = 1
      for (const [at, element] of elements.entries()) {
        const rest = elements.slice(at + 1)
        this.#read(element, this.#first(rest, follow), isRepeated, tail + sum(rest.map(longest)))
      }
      paths += this.ambiguous
    }
    this.ambiguous = before * paths
  }

  #read(element: AST.Element, follow: Characters, isRepeated: boolean, tail: number): void {
    if (element.type === 'Quantifier') this.#readQuantifier(element, follow, isRepeated, tail)
    else if (element.type === 'Group' || element.type === 'CapturingGroup') {
      this.readAlternatives(element.alternatives, follow, isRepeated, tail)
    } else if (element.type === 'Backreference') this.faults.push(`a reference back: ${element.raw}`)
    else if (element.type === 'Assertion' && 'alternatives' in element) {
      if (longest(element) > bounded) this.faults.push(`an assertion without a bound: ${element.raw}`)
      this.readAlternatives(element.alternatives, nothing, isRepeated)
    }
  }

  /** `tail`: how many characters can be read after it. */
  #readQuantifier(quantifier: AST.Quantifier, follow: Characters, isRepeated: boolean, tail: number): void {
    const { element, min, max, raw } = quantifier
    const first = this.#first([element], nothing)
    const isUnbounded = max > bounded
    if (min !== max && meet(first, follow)) {
      // What is left to read is short, wherever the last repetition gives way.
      if (isUnbounded && !isRepeated && tail <= shortTail) this.ambiguous *= 1 + tail
      else if (isUnbounded) this.faults.push(`${raw} begins as what follows it`)
      else if (isRepeated) this.faults.push(`${raw} begins as what follows it, within a repetition`)
      else this.ambiguous *= Math.max(1, max - min + 1)
    }
    const again = max > 1 ? union(first, follow) : follow
    this.#read(element, again, isRepeated || isUnbounded, max > 1 ? Number.POSITIVE_INFINITY : tail)
  }

  /** With what a sequence can begin; `follow` where it can be empty. */
  #first(elements: readonly AST.Element[], follow: Characters): Characters {
    let first: Characters = nothing
    for (const element of elements) {
      first = union(first, this.#firstOf(element))
      if (shortest(element) > 0) return first
    }
    return union(first, follow)
  }

  #firstOf(element: AST.Element): Characters {
    switch (element.type) {
      case 'Quantifier':
        return this.#firstOf(element.element)
      case 'Group':
      case 'CapturingGroup':
        return element.alternatives.reduce(
          (all: Characters, { elements }) => union(all, this.#first(elements, nothing)),
          nothing,
        )
      case 'Assertion':
        return nothing
      case 'Backreference':
        return everything
      default:
        return this.#characters(element.raw)
    }
  }

  #characters(raw: string): Characters {
    const known = this.#known.get(raw)
    if (known !== undefined) return known
    const one = new RegExp(`^(?:${raw})$`, this.#flags)
    const found = new Set([...everything].filter((at) => one.test(alphabet[at] ?? '')))
    this.#known.set(raw, found)
    return found
  }

  /** What makes a failed search begin again within what it has read. */
  restarts({ elements }: AST.Alternative, isEveryLine: boolean): string[] {
    if (isAnchored({ elements }) && !isEveryLine) return []
    const at = elements.findIndex((element) => longest(element) > bounded)
    const rest = elements.slice(at + 1)
    // Once it is there, nothing can fail any more: what was read is matched.
    if (
      at < 0 ||
      (rest.every((element) => shortest(element) === 0 && !isCheck(element)) &&
        this.#endsFreely(elements[at]))
    )
      return []
    const scanned = elements.slice(at).reduce((all, element) => union(all, this.#scanned(element)), nothing)
    const [begin] = elements
    if (begin?.type === 'Assertion' && begin.kind === 'lookbehind' && begin.negate) {
      const before = begin.alternatives.reduce(
        (all: Characters, one) => union(all, this.#first(one.elements, nothing)),
        nothing,
      )
      if ([...scanned].every((character) => before.has(character))) return []
    }
    const starts = isAnchored({ elements }) ? this.#characters('\\n') : this.#first(elements, nothing)
    if (!meet(starts, scanned)) return []
    return [
      `a search begins again within ${elements
        .slice(at)
        .map(({ raw }) => raw)
        .join('')}`,
    ]
  }

  /** Whether an element that is repeated without a bound can end anywhere. */
  #endsFreely(element: AST.Element | undefined): boolean {
    return element?.type === 'Quantifier' && longest(element.element) <= 1
  }

  /** Every character that an element's repetitions without a bound can read. */
  #scanned(element: AST.Element): Characters {
    if (element.type === 'Quantifier') {
      return element.max > bounded ? this.#all(element.element) : this.#scanned(element.element)
    }
    if (!('alternatives' in element) || element.type === 'Assertion') return nothing
    return element.alternatives
      .flatMap((alternative) => alternative.elements)
      .reduce((all: Characters, inner) => union(all, this.#scanned(inner)), nothing)
  }

  #all(element: AST.Element): Characters {
    if (element.type === 'Quantifier') return this.#all(element.element)
    if (element.type === 'Assertion') return nothing
    if (element.type !== 'Group' && element.type !== 'CapturingGroup') return this.#firstOf(element)
    return element.alternatives
      .flatMap((alternative) => alternative.elements)
      .reduce((all: Characters, inner) => union(all, this.#all(inner)), nothing)
  }
}

function isAnchored({ elements }: Pick<AST.Alternative, 'elements'>): boolean {
  const [begin] = elements
  return begin?.type === 'Assertion' && begin.kind === 'start'
}

function isCheck(element: AST.Element): boolean {
  return element.type === 'Assertion' && element.kind !== 'word'
}

function shortest(element: AST.Element | AST.QuantifiableElement): number {
  switch (element.type) {
    case 'Quantifier':
      return element.min === 0 ? 0 : element.min * shortest(element.element)
    case 'Group':
    case 'CapturingGroup':
      return Math.min(...element.alternatives.map(({ elements }) => sum(elements.map(shortest))))
    case 'Assertion':
    case 'Backreference':
      return 0
    default:
      return 1
  }
}

function longest(element: AST.Element | AST.QuantifiableElement): number {
  switch (element.type) {
    case 'Quantifier':
      return element.max === 0 ? 0 : element.max * longest(element.element)
    case 'Group':
    case 'CapturingGroup':
      return Math.max(...element.alternatives.map(({ elements }) => sum(elements.map(longest))))
    case 'Assertion':
      return 'alternatives' in element
        ? Math.max(...element.alternatives.map(({ elements }) => sum(elements.map(longest))))
        : 0
    case 'Backreference':
      return Number.POSITIVE_INFINITY
    default:
      return 1
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function meet(a: Characters, b: Characters): boolean {
  return [...a].some((character) => b.has(character))
}

function union(a: Characters, b: Characters): Characters {
  return a.size === 0 ? b : b.size === 0 ? a : new Set([...a, ...b])
}

function rawOf(alternatives: readonly AST.Alternative[]): string {
  return alternatives.map(({ raw }) => raw).join('|')
}

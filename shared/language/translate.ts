import type { Language } from '../errors.ts'
import { quotesIn } from './quotes.ts'
import { byOwnText, fill, hasPlaceholder, type Template, toTemplate } from './templates.ts'
import { dutchTexts } from './nl.ts'

interface Dictionary {
  readonly texts: ReadonlyMap<string, string>
  readonly templates: readonly Template[]
}

let dictionary: Dictionary | undefined

/** Made when a first text is translated: an action in English has no use for it. */
function dutch(): Dictionary {
  if (dictionary === undefined) {
    const all = dutchTexts()
    dictionary = {
      texts: new Map(all.filter(([english]) => !hasPlaceholder(english))),
      templates: all
        .filter(([english]) => hasPlaceholder(english))
        .sort(byOwnText)
        .map(toTemplate),
    }
  }
  return dictionary
}

/**
 * A line of the connector in a language. English is written where it is thrown; its Dutch is looked up here, part by part.
 * Quotes stay as they came. A line with a part that has no Dutch stays English as a whole, unless it holds a quote.
 */
export function translate(text: string, language: Language): string {
  if (language === 'en' || text === '') return text
  const quotes = quotesIn(text)
  const marked = quotes.reduce((line, quote, at) => line.replaceAll(quote, mark(at)), text)
  const isTooLong = marked.length > longestLine
  looked.clear()
  const translated = (isTooLong ? undefined : translateLine(marked, quotes.length > 0)) ?? marked
  looked.clear()
  return quotes.reduce((line, quote, at) => line.replaceAll(mark(at), () => quote), translated)
}

/** Whether a text has its Dutch as a whole. */
export function hasDutch(text: string): boolean {
  looked.clear()
  return translateWhole(text, false) !== undefined
}

/** Characters of a line, without its quotes, beyond which it stays English: to find its parts takes more than linear time. */
const longestLine = 4096

/** Texts that are looked up for one line; what is left then stays English. */
const mostLookUps = 1000

/** What was found for the texts of the line that is being translated: its parts have parts in common. */
const looked = new Map<string, string | undefined>()

/** Parts of a line that one entry of the dictionary can be made of. */
const mostPieces = 24

/** Characters of no language, which no text has. */
const open = '\uE000'
const close = '\uE001'

function mark(at: number): string {
  return `${open}${at}${close}`
}

function isQuote(text: string): boolean {
  return /^\uE000\d+\uE001$/.test(text)
}

function translateLine(text: string, isPartial: boolean): string | undefined {
  return translateWhole(text, isPartial) ?? translateParts(text, isPartial)
}

/** The text by one entry of the dictionary; a full stop or question mark at its end may be missing there. */
function translateWhole(text: string, isPartial: boolean): string | undefined {
  const key = `${String(isPartial)} ${text}`
  if (looked.has(key)) return looked.get(key)
  if (looked.size >= mostLookUps) return undefined
  // Should the text be a part of itself, it has no translation.
  looked.set(key, undefined)
  const found = lookUp(text, isPartial)
  looked.set(key, found)
  return found
}

function lookUp(text: string, isPartial: boolean): string | undefined {
  if (isQuote(text)) return text
  const { texts, templates } = dutch()
  const known = texts.get(text)
  if (known !== undefined) return known
  // No value takes the full stop of its sentence.
  const body = /^([\s\S]+[^.])\.$/.exec(text)?.[1]
  if (body !== undefined) {
    const sentence = translateWhole(body, isPartial)
    return sentence === undefined ? undefined : `${sentence}.`
  }
  for (const { form, dutch: pattern, isRaw, isShort } of templates) {
    const match = form.exec(text)
    if (match === null || !match.slice(1).every(hasOwnBrackets)) continue
    const values = match
      .slice(1)
      .map((value, at) => (isRaw[at] === true ? value : translateValue(value, isPartial, isShort)))
    if (values.every((value) => value !== undefined)) return fill(pattern, values)
  }
  return undefined
}

/** Whether a value closes no bracket that it did not open: one that does has swallowed a part of the line. */
function hasOwnBrackets(value: string): boolean {
  let depth = 0
  for (const character of value) {
    if (character === '[') depth++
    if (character === ']') depth--
    if (depth < 0) return false
  }
  return true
}

/** A value within a text: a text of ours, or a name; undefined for a sentence that has no Dutch. */
function translateValue(value: string, isPartial: boolean, isShort: boolean): string | undefined {
  const translated = translateLine(value, isPartial)
  if (translated !== undefined) return translated
  if (isShort) return isName(value) ? value : undefined
  return isPartial || wordsIn(value) <= 3 ? value : undefined
}

const between = /(\. |; |: |, )/

/** The text as parts that each have their Dutch, the longest first; a mark between two may belong to the second. */
function translateParts(text: string, isPartial: boolean): string | undefined {
  const pieces = text.split(between)
  if (pieces.length === 1) return undefined
  let line = ''
  let isAnyKnown = false
  for (let from = 0; from < pieces.length;) {
    const before = from === 0 ? '' : (pieces[from - 1] ?? '')
    let to = Math.min(pieces.length - (from === 0 ? 2 : 0), from + 2 * mostPieces)
    let found: string | undefined
    for (; to > from; to -= 2) {
      const part = pieces.slice(from, to).join('')
      const whole = translateWhole(part, isPartial)
      found = whole === undefined ? translateWhole(before + part, isPartial) : before + whole
      if (found !== undefined) break
    }
    if (found === undefined) {
      const piece = pieces[from] ?? ''
      if (!isPartial && !isName(piece)) return undefined
      to = from + 1
      found = before + piece
    } else isAnyKnown = true
    line += found
    from = to + 1
  }
  return isAnyKnown ? line : undefined
}

/** What is the same in every language: a field, a code, a value in brackets. */
function isName(text: string): boolean {
  return wordsIn(text) < 2
}

function wordsIn(text: string): number {
  return text.split(' ').filter((word) => /^[a-z]+[,;:?]?$/.test(word)).length
}

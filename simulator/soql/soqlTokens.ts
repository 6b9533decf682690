import { RestError } from '../errors.ts'

/** One token of SOQL; keywords and names are `word`s, told apart by the parser. */
export interface Token {
  kind: 'word' | 'string' | 'number' | 'date' | 'symbol' | 'end'
  /** The text as written; for a string its value. */
  text: string
  place: number
}

/** Documented: SOQL and SOSL reference, quoted string escape sequences. */
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '%': '\\%',
  _: '\\_',
}

export function malformed(message: string): RestError {
  return new RestError(400, 'MALFORMED_QUERY', message)
}

/** @throws RestError 400 MALFORMED_QUERY */
export function tokenizeSoql(text: string): Token[] {
  const tokens: Token[] = []
  let place = 0
  while (place < text.length) {
    const rest = text.slice(place)
    const space = /^\s+/.exec(rest)?.[0]
    if (space !== undefined) {
      place += space.length
      continue
    }
    if (rest.startsWith("'")) {
      const { value, length } = readString(rest, place)
      tokens.push({ kind: 'string', text: value, place })
      place += length
      continue
    }
    const found =
      match(rest, 'date', /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))?/) ??
      match(rest, 'number', /^-?\d+(?:\.\d+)?/) ??
      match(rest, 'word', /^[a-zA-Z_][\w.]*(?::\d+)?/) ??
      match(rest, 'symbol', /^(?:!=|<>|<=|>=|[=<>(),])/)
    if (found === undefined) throw malformed(`unexpected token: '${rest.charAt(0)}' at position ${place}`)
    tokens.push({ ...found, place })
    place += found.text.length
  }
  tokens.push({ kind: 'end', text: '<EOF>', place })
  return tokens
}

function match(
  text: string,
  kind: Token['kind'],
  pattern: RegExp,
): { kind: Token['kind']; text: string } | undefined {
  const found = pattern.exec(text)?.[0]
  return found === undefined ? undefined : { kind, text: found }
}

function readString(text: string, place: number): { value: string; length: number } {
  let value = ''
  for (let at = 1; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === "'") return { value, length: at + 1 }
    if (char !== '\\') {
      value += char
      continue
    }
    const escape = text.charAt(++at)
    if (/^u[0-9a-fA-F]{4}/.test(text.slice(at))) {
      value += String.fromCharCode(Number.parseInt(text.slice(at + 1, at + 5), 16))
      at += 4
      continue
    }
    const meaning = escapes[escape.length > 0 && 'NRTBF'.includes(escape) ? escape.toLowerCase() : escape]
    if (meaning === undefined)
      throw malformed(`Illegal string literal: Invalid string literal at position ${place}`)
    value += meaning
  }
  throw malformed(`line 1:${place} mismatched character '<EOF>' expecting '''`)
}

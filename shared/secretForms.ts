/** Bytes of a secret below which the Base64 of it within a longer text could be a word. */
const shortestWithin = 8

/**
 * The forms of a secret that are other texts altogether: hexadecimal digits, and Base64 or its form for addresses. Of
 * Base64 it is the secret alone, and, for each of the three places where it may begin within a longer text, the digits that
 * depend on it alone. What is escaped character by character is found by `unescaped`.
 */
export function formsOfSecret(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret)
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const alone = base64(bytes).replace(/={1,2}$/, '')
  const within =
    bytes.length < shortestWithin
      ? []
      : [0, 1, 2].map((before) => {
          const text = base64(Uint8Array.from([...new Uint8Array(before), ...bytes]))
          return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
        })
  const inBase64 = [alone, ...within].flatMap((text) => [
    text,
    text.replaceAll('+', '-').replaceAll('/', '_'),
  ])
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'))
  const dumps = [' ', ':'].map((separator) => pairs.join(separator))
  const inHex = [hex, ...dumps].flatMap((text) => [text, text.toUpperCase()])
  return [...new Set([...inHex, ...inBase64, ...linesOfKey(secret)])]
}

/** Of a line of a key that is shorter, nothing can be made. */
const shortestLine = 16

/**
 * The lines of a private key in PEM form, as it came and as RFC 7468 §2 has them, of 64 characters: the key without its head
 * and its ends of lines is as good a key.
 */
function linesOfKey(secret: string): readonly string[] {
  if (!secret.includes('-----BEGIN ')) return []
  const body = secret.replace(/-----(?:BEGIN|END)[A-Z ]{0,40}-----/g, ' ').replaceAll('\\n', ' ')
  const lines = body.split(/\s/).filter((line) => /^[a-z0-9+/=]+$/i.test(line))
  return [...lines, ...(lines.join('').match(/.{1,64}/g) ?? [])].filter((line) => line.length >= shortestLine)
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

/** A text without its escapes, and where in the text as it was each of its characters begins; the end is the last. */
export interface Unescaped {
  readonly text: string
  readonly starts: readonly number[]
}

/**
 * The escapes of one character, by their kind: each has a bounded length, so that a search takes time linear in the text. A
 * secret may hold what looks like an escape of another kind, so that the kinds are read one by one.
 */
const percent =
  /%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}|%[89a-f][0-9a-f]|%u[0-9a-f]{4}/gi
const quotedPrintable =
  /=[0-7][0-9a-f]|=[cd][0-9a-f]=[89ab][0-9a-f]|=e[0-9a-f](?:=[89ab][0-9a-f]){2}|=f[0-7](?:=[89ab][0-9a-f]){3}|=[89a-f][0-9a-f]/gi
const entity = /&#\d{1,8};|&#x[0-9a-f]{1,8};|&(?:amp|lt|gt|quot|apos);/gi
const backslash =
  /\\u[0-9a-f]{4}|\\u\{[0-9a-f]{1,6}\}|\\x[cd][0-9a-f]\\x[89ab][0-9a-f]|\\x[0-9a-f]{2}|\\[^]/gi

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** A way to read a text: the escapes that are in it, one after the other. */
const readings: readonly {
  readonly mark: string
  readonly steps: readonly RegExp[]
  readonly isForm?: true
}[] = [
  { mark: '%', steps: [percent] },
  { mark: '%', steps: [percent, percent] },
  { mark: '+', steps: [percent], isForm: true },
  { mark: '&', steps: [entity] },
  { mark: '&', steps: [entity, entity] },
  { mark: '\\', steps: [backslash] },
  { mark: '\\', steps: [backslash, backslash] },
  { mark: '=', steps: [quotedPrintable] },
]

/** How many ways there are in which a text can be read. */
export const readingCount = readings.length

/** The text as those would read it who know the escapes of that way; undefined where it has none. */
export function unescaped(text: string, reading: number): Unescaped | undefined {
  const way = readings[reading]
  if (way === undefined || !text.includes(way.mark)) return undefined
  const starts = Array.from({ length: text.length + 1 }, (_, index) => index)
  // In a form `+` is a blank.
  const whole = { text: way.isForm === true ? text.replaceAll('+', ' ') : text, starts }
  return way.steps.reduce(decode, whole)
}

function decode({ text, starts }: Unescaped, pattern: RegExp): Unescaped {
  const parts: string[] = []
  const places: number[] = []
  let from = 0
  const copy = (to: number): void => {
    parts.push(text.slice(from, to))
    for (let index = from; index < to; index++) places.push(starts[index] ?? 0)
  }
  for (const match of text.matchAll(pattern)) {
    copy(match.index)
    const character = meaning(match[0])
    parts.push(character)
    for (let index = 0; index < character.length; index++) places.push(starts[match.index] ?? 0)
    from = match.index + match[0].length
  }
  copy(text.length)
  places.push(starts[text.length] ?? 0)
  return { text: parts.join(''), starts: places }
}

function meaning(escape: string): string {
  const code = (digits: string, base: number): string => {
    const point = Number.parseInt(digits, base)
    return point <= 0x10ffff ? String.fromCodePoint(point) : escape
  }
  if (/^%u/i.test(escape)) return code(escape.slice(2), 16)
  if (escape.startsWith('%') || escape.startsWith('=')) {
    return fromUtf8(escape.replaceAll('=', '%')) ?? code(escape.slice(1, 3), 16)
  }
  if (/^\\x..\\x/i.test(escape)) return fromUtf8(escape.replace(/\\x/gi, '%')) ?? escape
  if (/^&#x/i.test(escape)) return code(escape.slice(3, -1), 16)
  if (escape.startsWith('&#')) return code(escape.slice(2, -1), 10)
  if (escape.startsWith('&')) return entities[escape.slice(1, -1).toLowerCase()] ?? escape
  return /^\\(?:u\{|[ux][0-9a-f])/i.test(escape)
    ? code(escape.slice(2).replace(/[{}]/g, ''), 16)
    : escape.slice(1)
}

/** Undefined where the bytes are no UTF-8: in Latin-1 each is a character. */
function fromUtf8(escapes: string): string | undefined {
  try {
    return decodeURIComponent(escapes)
  } catch {
    return undefined
  }
}

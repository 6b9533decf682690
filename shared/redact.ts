import { formsOfSecret, readingCount, unescaped, type Unescaped } from './secretForms.ts'

/** What stands where a secret was. */
export const mask = '***'

/** Names of members whose values never leave the process, whatever they hold. */
const secretName =
  /^(.{0,80}secret|.{0,80}password|pass(word|phrase|wd)|.{0,80}passphrase|private_?key|security_?token|access_?token|refresh_?token|assertion|authorization|signature|sid)$/i

const secretMember =
  'client_secret|clientsecret|password|securitytoken|access_token|refresh_token|assertion|passphrase|privatekey|privatekeypassphrase'

/** Shapes of secrets that no sentence of ours has: each begins where its kind of text begins, so that it is looked for once. */
const shapes: readonly (readonly [RegExp, string])[] = [
  // A token has a digit or a mark; a word of a sentence (`JWT Bearer flow`) has neither.
  [/\bBearer\s{1,8}(?=[^\s"',;]{0,200}[\d!._~+/=])(?=[^\s"',;]{4})[^\s"',;]+/gi, `Bearer ${mask}`],
  // A Salesforce session id.
  [/\b00D[a-zA-Z0-9]{12,15}![a-zA-Z0-9._~+/=-]+/g, mask],
  // A JSON Web Token.
  [/(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]*){1,2}/g, mask],
  // What OAuth sends, as a form or as JSON has it.
  [
    new RegExp(`\\b(${secretMember})(\\s{0,8}=\\s{0,8}["']?|["']\\s{0,8}:\\s{0,8}["'])[^\\s"'&,;}]+`, 'gi'),
    `$1$2${mask}`,
  ],
]

/** Besides, in texts of others: a name and a value as people write them. A sentence of ours may read `a password: set …`. */
const looseShapes: typeof shapes = [
  [/\bBearer\s{1,8}[^\s"',;]+/gi, `Bearer ${mask}`],
  [new RegExp(`\\b(${secretMember})(["']?\\s{0,8}[=:]\\s{0,8}["']?)[^\\s"'&,;}]+`, 'gi'), `$1$2${mask}`],
]

/** A secret of this process that is known by value. */
interface Secret {
  readonly value: string
  readonly forms: readonly string[]
  /** Whether it could be a word of a sentence of ours, or a number in it: then it is masked in texts of others only. */
  readonly isWord: boolean
}

/** The one that was used last is last. */
const known = new Map<string, Secret>()

/** How many are remembered: a process that runs for months meets more tokens than it can look for in every text. */
const remembered = 512

let longestFirst: readonly Secret[] | undefined

/** Registers a secret by value. Values under 4 characters are not: masking them would garble every text. */
export function keepSecret(value: string | undefined): void {
  if (value === undefined || value.length < 4) return
  const secret = known.get(value)
  known.delete(value)
  known.set(value, secret ?? { value, forms: formsOfSecret(value), isWord: isWord(value) })
  if (secret !== undefined) return
  longestFirst = undefined
  const [oldest] = known.keys()
  if (known.size > remembered && oldest !== undefined) known.delete(oldest)
}

/** `password`, `Salesforce`, `client_credentials`, `2026`. */
function isWord(value: string): boolean {
  return value.length <= 24 && /^(?:[a-z]+(?:[_.-][a-z]+)?|\d{4,6})$/i.test(value)
}

/** A sentence of ours without secrets: those known by value (the longest first), then those that look like one. */
export function redact(text: string): string {
  const secrets = secretsLongestFirst().filter((secret) => !secret.isWord)
  return withoutShapes(withoutSecrets(text, secrets), shapes)
}

/** The same for a text that somebody else wrote: an answer, a value, an error of the machine. Words of it may go as well. */
export function redactForeign(text: string): string {
  return withoutShapes(withoutSecrets(text, secretsLongestFirst()), [...shapes, ...looseShapes])
}

/** Characters by which a text is read further than it is kept: no secret is longer, so that none is cut through. */
const margin = 4096

/**
 * At most `limit` characters of a text, without secrets: it is cut after they were taken out, and says so. Somebody else's
 * text, unless `clean` is given.
 */
export function bound(text: string, limit: number, clean: (text: string) => string = redactForeign): string {
  const isRead = text.length <= limit + margin
  const safe = clean(isRead ? text : text.slice(0, limit + margin))
  if (isRead && safe.length <= limit) return safe
  // What was not read may be the second part of a secret that the end of `safe` begins with.
  const end = Math.min(limit, isRead ? safe.length : Math.max(0, safe.length - margin))
  return `${safe.slice(0, end)}… (cut: ${text.length} characters)`
}

function secretsLongestFirst(): readonly Secret[] {
  longestFirst ??= [...known.values()].sort((a, b) => b.value.length - a.value.length)
  return longestFirst
}

function withoutSecrets(text: string, secrets: readonly Secret[]): string {
  if (secrets.length === 0) return text
  let clean = text
  for (const { value, forms } of secrets) {
    clean = clean.replaceAll(value, mask)
    for (const form of forms) clean = clean.replaceAll(form, mask)
  }
  // What is masked in one reading is no secret in the next.
  for (let reading = 0; reading < readingCount; reading++) {
    const read = unescaped(clean, reading)
    if (read !== undefined) clean = withoutRanges(clean, rangesIn(read, secrets))
  }
  return clean
}

/** Where the secrets are in the text that was read without its escapes, in order. */
function rangesIn({ text, starts }: Unescaped, secrets: readonly Secret[]): readonly [number, number][] {
  const ranges: [number, number][] = []
  for (const { value } of secrets) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      ranges.push([starts[at] ?? 0, starts[at + value.length] ?? 0])
    }
  }
  return ranges.sort(([a], [b]) => a - b)
}

function withoutRanges(text: string, ranges: readonly [number, number][]): string {
  let clean = ''
  let from = 0
  for (const [begin, end] of ranges) {
    if (begin >= from) clean += text.slice(from, begin) + mask
    from = Math.max(from, end)
  }
  return clean + text.slice(from)
}

function withoutShapes(text: string, patterns: typeof shapes): string {
  let clean = withoutKeys(text)
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement)
  return clean
}

const beginning = '-----BEGIN '
const keyHead = /^-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/
const keyEnd = /-----END [A-Z ]{0,40}PRIVATE KEY-----/g

/** Private keys in PEM form, up to their end or the end of the text. The head alone, as a sentence names it, is none. */
function withoutKeys(text: string): string {
  let clean = ''
  let from = 0
  for (;;) {
    const begin = text.indexOf(beginning, from)
    if (begin < 0) return clean + text.slice(from)
    const head = keyHead.exec(text.slice(begin, begin + 100))?.[0]
    const body = head === undefined ? 0 : begin + head.length
    if (head === undefined || !/^[\s\\rn]{0,8}[a-z0-9+/=]{4}/i.test(text.slice(body, body + 16))) {
      clean += text.slice(from, begin + beginning.length)
      from = begin + beginning.length
      continue
    }
    keyEnd.lastIndex = body
    const end = keyEnd.exec(text)
    clean += text.slice(from, begin) + mask
    if (end === null) return clean
    from = end.index + end[0].length
  }
}

/**
 * A copy of a JSON value in which members with a secret's name are masked and texts are redacted: as somebody else's, but for
 * what we advise, or as `clean` does.
 */
export function redactValue(value: unknown, clean: (text: string) => string = redactForeign): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((item) => redactValue(item, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      secretName.test(name) && member !== null && member !== ''
        ? mask
        : redactValue(member, name === 'advice' ? redact : clean),
    ]),
  )
}

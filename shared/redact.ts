/** What stands where a secret was. */
export const mask = '***'

/** Names of members whose values never leave the process, whatever they hold. */
const secretName =
  /^(.*secret|.*password|pass(word|phrase|wd)|.*passphrase|private_?key|security_?token|access_?token|refresh_?token|assertion|authorization|signature|sid)$/i

/**
 * Shapes of secrets in running text: a bearer header, a Salesforce session id (`00D…!…`), a JWT, a PEM block,
 * and `name=value` or `"name": "value"` of the members that OAuth sends.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\bBearer\s+[^\s"',;]+/gi, `Bearer ${mask}`],
  [/\b00D[a-zA-Z0-9]{12,15}![a-zA-Z0-9._~+/=-]+/g, mask],
  [/\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?/g, mask],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  [
    /\b(client_secret|clientsecret|password|securitytoken|access_token|refresh_token|assertion|passphrase|privatekey|privatekeypassphrase)(["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi,
    `$1$2${mask}`,
  ],
]

/**
 * Secrets of this process that are known by value, each with the forms it may take; the one that was used last is last.
 * Whatever text they appear in, they are taken out of it.
 */
const known = new Map<string, readonly string[]>()

/** How many are remembered: a process that runs for months meets more tokens than it can look for in every text. */
const remembered = 512

let longestFirst: readonly string[] | undefined

/** Registers a secret by value. Values under 4 characters are not: masking them would garble every text. */
export function keepSecret(value: string | undefined): void {
  if (value === undefined || value.length < 4) return
  const forms = known.get(value)
  known.delete(value)
  known.set(value, forms ?? formsOf(value))
  if (forms !== undefined) return
  longestFirst = undefined
  const [oldest] = known.keys()
  if (known.size > remembered && oldest !== undefined) known.delete(oldest)
}

function formsOf(value: string): readonly string[] {
  return [
    value,
    // Half a character has no place in an address: encodeURIComponent would throw.
    encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd')),
    new URLSearchParams([['', value]]).toString().slice(1),
    JSON.stringify(value).slice(1, -1),
  ]
}

/** The text without secrets: first those known by value (longest first), then those that look like one. */
export function redact(text: string): string {
  longestFirst ??= [...new Set([...known.values()].flat())].sort((a, b) => b.length - a.length)
  let clean = text
  for (const secret of longestFirst) clean = clean.replaceAll(secret, mask)
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement)
  return clean
}

/** A copy of a JSON value in which members with a secret's name are masked and texts are redacted. */
export function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map(redactValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      secretName.test(name) && member !== null && member !== '' ? mask : redactValue(member),
    ]),
  )
}

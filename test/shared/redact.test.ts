import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { readSettings } from '../../connectors/salesforce-scim/configuration.ts'
import { bound, keepSecret, mask, redact, redactForeign, redactValue } from '../../shared/redact.ts'

test.each([
  ['Authorization: Bearer 00Dxx!AQ.token', `Authorization: Bearer ${mask}`],
  ['bearer abc.def', `Bearer ${mask}`],
  ['session 00D5g000004AbCd!AQEAQabc_.- ended', `session ${mask} ended`],
  ['token eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2lnbg end', `token ${mask} end`],
  ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----', mask],
  ['-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n', mask],
  ['-----BEGIN ENCRYPTED PRIVATE KEY-----MIIE', mask],
  [
    'grant_type=password&client_secret=abc&password=d%26e&x=1',
    `grant_type=password&client_secret=${mask}&password=${mask}&x=1`,
  ],
  ['{"access_token":"abc","scope":"api"}', `{"access_token":"${mask}","scope":"api"}`],
  ['assertion = abc', `assertion = ${mask}`],
  ['the flow JWT Bearer needs a key', 'the flow JWT Bearer needs a key'],
  [
    'is not a private key in PEM form (-----BEGIN PRIVATE KEY-----)',
    'is not a private key in PEM form (-----BEGIN PRIVATE KEY-----)',
  ],
  [
    'asks for a user name and password: set HTTPS_PROXY',
    'asks for a user name and password: set HTTPS_PROXY',
  ],
  ['Configuration.Password: expected a text', 'Configuration.Password: expected a text'],
  ['Account [0055g0000000003AAA] was updated', 'Account [0055g0000000003AAA] was updated'],
  ['', ''],
])('%j is logged as %j', (text, clean) => {
  expect(redact(text)).toBe(clean)
})

test('a secret that is known by value is taken out, however it is written', () => {
  const secret = `p&s+w#o%r=d "é'\\!`
  keepSecret(secret)
  const written = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ secret }).toString(),
    JSON.stringify({ secret }),
    `before ${secret}${secret} after`,
  ]
  for (const text of written) {
    const clean = redact(text)
    expect(clean).toContain(mask)
    expect(clean).not.toMatch(/p&s|p%26s|s\+w|s%2Bw|o%r|o%25r/)
  }
})

test('of two secrets of which one begins with the other, nothing is left over', () => {
  keepSecret('hunter2')
  keepSecret('hunter2-and-more')
  expect(redact('hunter2-and-more, hunter2')).toBe(`${mask}, ${mask}`)
})

test('what is too short to be a secret does not garble every text', () => {
  keepSecret('abc')
  keepSecret('')
  keepSecret(undefined)
  expect(redact('abcabc')).toBe('abcabc')
})

test('any secret is taken out of any text of others', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 6, maxLength: 30 }).filter((text) => !/^\*+$/.test(text)),
      fc.constantFrom('x', ' ', '\n', '"'),
      (secret, around) => {
        keepSecret(secret)
        expect(redactForeign(`${around}${secret}${around}`)).not.toContain(secret)
      },
    ),
  )
})

test('a secret with half a character in it is a secret like any other', () => {
  keepSecret('half\ud800secret')
  expect(redact('half\ud800secret')).toBe(mask)
})

test('members with the name of a secret are masked at any depth, empty ones and others stay', () => {
  const value = {
    ClientSecret: 'a',
    Password: 'b',
    PrivateKey: 'c',
    PrivateKeyPassphrase: 'd',
    SecurityToken: 'e',
    nested: [{ client_secret: 'f', access_token: 'g', Authorization: 'h' }],
    empty: { Password: '', ClientSecret: null },
    userName: 'ann@acme.example',
    text: 'Bearer abcdef',
    count: 7,
    flag: true,
    none: null,
  }
  expect(redactValue(value)).toEqual({
    ClientSecret: mask,
    Password: mask,
    PrivateKey: mask,
    PrivateKeyPassphrase: mask,
    SecurityToken: mask,
    nested: [{ client_secret: mask, access_token: mask, Authorization: mask }],
    empty: { Password: '', ClientSecret: null },
    userName: 'ann@acme.example',
    text: `Bearer ${mask}`,
    count: 7,
    flag: true,
    none: null,
  })
})

const everyForm = (secret: string): Record<string, string> => {
  const bytes = Buffer.from(secret, 'utf8')
  const each = (form: (character: string, code: number) => string): string =>
    [...secret].map((character) => form(character, character.codePointAt(0) ?? 0)).join('')
  const hex = bytes.toString('hex')
  return {
    'as it is': secret,
    'percent-encoded': encodeURIComponent(secret),
    'percent-encoded in lower case': encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    'percent-encoded in every character': hex.replace(/../g, '%$&'),
    'percent-encoded twice': encodeURIComponent(encodeURIComponent(secret)),
    'as a form has it': new URLSearchParams({ secret }).toString().slice(7),
    'percent-encoded in Latin-1': each((character, code) =>
      code > 126 || /\W/.test(character) ? `%${code.toString(16).padStart(2, '0')}` : character,
    ),
    'as %u escapes': each((_, code) => `%u${code.toString(16).padStart(4, '0')}`),
    'as \\u{} escapes': each((_, code) => `\\u{${code.toString(16)}}`),
    'as \\x escapes of bytes': hex.replace(/../g, '\\x$&'),
    'as a dump with blanks': hex.replace(/(..)(?!$)/g, '$1 '),
    'as a dump with colons': hex.toUpperCase().replace(/(..)(?!$)/g, '$1:'),
    'as JSON': JSON.stringify(secret).slice(1, -1),
    'as JSON in JSON': JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
    'as \\u escapes': each((_, code) => `\\u${code.toString(16).padStart(4, '0')}`),
    'with JSON of other systems': JSON.stringify(secret)
      .slice(1, -1)
      .replaceAll('/', '\\/')
      .replaceAll('&', '\\u0026'),
    'as \\x escapes': each((character, code) =>
      code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : character,
    ),
    'with entities of HTML': secret.replace(
      /[&<>"]/g,
      (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c,
    ),
    'with decimal entities': each((_, code) => `&#${code};`),
    'with hexadecimal entities': each((_, code) => `&#x${code.toString(16).toUpperCase()};`),
    'in hexadecimal': hex,
    'in HEXADECIMAL': hex.toUpperCase(),
    'in Base64': bytes.toString('base64'),
    'in Base64 for addresses': bytes.toString('base64url'),
    'in Base64 behind one byte': Buffer.concat([Buffer.from(':'), bytes, Buffer.from('!')]).toString(
      'base64',
    ),
    'in Base64 behind two bytes': Buffer.concat([Buffer.from('u:'), bytes, Buffer.from('!')]).toString(
      'base64',
    ),
    'quoted-printable': hex.replace(/../g, '=$&').toUpperCase(),
  }
}

const awkward = `s3+cr/e t&"wö\\rd'<%2B>`
test.each(Object.entries(everyForm(awkward)))('a secret %s is taken out', (_name, form) => {
  keepSecret(awkward)
  for (const text of [form, `x=${form}&y`, `said "${form}".`]) {
    expect(redact(text)).toContain(mask)
    expect(redact(text)).not.toContain(form.slice(4, -4))
  }
})

test('a secret that is a word goes from what others say, and stays in what we say', () => {
  for (const word of ['Salesforce', 'password', 'not', 'client_credentials']) keepSecret(word)
  expect(redact('Salesforce does not accept the password')).toBe('Salesforce does not accept the password')
  expect(redactForeign('your password is Salesforce')).toBe(`your ${mask} is ${mask}`)
})

test('a text is cut after its secrets were taken out', () => {
  keepSecret('cut-through-1234567890')
  for (let before = 80; before < 105; before++) {
    const clean = bound(`${'x'.repeat(before)}cut-through-1234567890${'y'.repeat(20_000)}`, 100)
    expect(clean).not.toMatch(/c?u?t-/)
    expect(clean).toContain('characters)')
    expect(clean.length).toBeLessThan(140)
  }
  expect(bound('short', 100)).toBe('short')
})

test('a private key is taken out without its head and with other ends of lines', () => {
  const body = Buffer.alloc(600, 'never a key of anybody, ').toString('base64')
  const lines = body.match(/.{1,64}/g) ?? []
  const pem = (separator: string): string =>
    ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join(separator)
  for (const separator of ['\n', '\\n', ' ']) {
    keepSecret(pem(separator))
    for (const text of [body, lines.join(' '), lines.join('\r\n'), `key: ${lines[2]}`]) {
      const clean = redact(text)
      expect(lines.filter((line) => clean.includes(line))).toEqual([])
    }
  }
})

test('the private key of the settings is a secret by its lines', () => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  readSettings({
    BaseUrl: 'https://acme.my.salesforce.com',
    AuthenticationFlow: 'jwt_bearer',
    ClientID: 'consumer.key',
    UserName: 'u@acme.example',
    PrivateKey: privateKey,
  })
  const [, , line = ''] = privateKey.split('\n')
  expect(redact(`the key ${line} is refused`)).toBe(`the key ${mask} is refused`)
})

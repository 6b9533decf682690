import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { readPrivateKey, signAssertion } from '../../shared/salesforce/session/jwt.ts'
import { testPrivateKey, testPublicKey } from '../../simulator/org/keys.ts'

const key = readPrivateKey(testPrivateKey, undefined)
const form = (type: 'pkcs1' | 'pkcs8', passphrase?: string): string =>
  key
    .export({ type, format: 'pem', ...(passphrase !== undefined && { cipher: 'aes-256-cbc', passphrase }) })
    .toString()
const isTheKey = (pem: string, passphrase?: string): boolean => readPrivateKey(pem, passphrase).equals(key)

const forms: readonly [string, string, string?][] = [
  ['PKCS#8', form('pkcs8')],
  ['PKCS#1', form('pkcs1')],
  ['encrypted PKCS#8', form('pkcs8', 'pass phrase é'), 'pass phrase é'],
  ['encrypted PKCS#1', form('pkcs1', 'secret'), 'secret'],
]

describe.each(forms)('a key in %s', (_name, pem, passphrase) => {
  test.each([
    ['as it is', pem],
    ['with Windows line breaks', pem.replaceAll('\n', '\r\n')],
    ['with \\n for line breaks', pem.replaceAll('\n', '\\n')],
    ['with \\r\\n for line breaks', pem.replaceAll('\n', '\\r\\n')],
    ['with blanks around it', `\n  ${pem}  \n\n`],
  ])('is read %s', (_form, text) => {
    expect(isTheKey(text, passphrase)).toBe(true)
  })

  test('is not needed a passphrase for where it has none, and is refused without it where it has', () => {
    if (passphrase === undefined) expect(isTheKey(pem, 'superfluous')).toBe(true)
    else {
      expect(() => readPrivateKey(pem, undefined)).toThrow('set Configuration.PrivateKeyPassphrase')
      expect(() => readPrivateKey(pem, 'wrong')).toThrow('is Configuration.PrivateKeyPassphrase right?')
    }
  })
})

test.each([
  ['PKCS#8', form('pkcs8'), undefined],
  ['PKCS#1', form('pkcs1'), undefined],
  ['encrypted PKCS#8', form('pkcs8', 'secret'), 'secret'],
])('a key in %s is read from the one line that a form makes of it', (_name, pem, passphrase) => {
  expect(isTheKey(pem.replaceAll('\n', ''), passphrase)).toBe(true)
  expect(isTheKey(pem.replaceAll('\n', ' '), passphrase)).toBe(true)
})

test.each([
  ['nothing', 'hunter2', 'is not a private key in PEM form'],
  [
    'a certificate',
    '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----',
    'is not a private key in PEM form',
  ],
  ['a public key', testPublicKey, 'is not a private key in PEM form'],
  ['a key that was cut off', testPrivateKey.slice(0, 800), 'cannot be read: it is damaged or cut off'],
  [
    'a key with a hole',
    testPrivateKey.replace(/\n.{64}\n/, '\n'),
    'cannot be read: it is damaged or cut off',
  ],
  [
    'an elliptic key',
    generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString(),
    'must be an RSA key',
  ],
])('%s is refused with the setting and without the value', (_name, pem, reason) => {
  expect(() => readPrivateKey(pem, undefined)).toThrow(
    expect.objectContaining({
      code: 'MISCONFIGURED',
      message: expect.stringMatching(new RegExp(`^Configuration\\.PrivateKey ${reason}`)),
    }),
  )
  expect(() => readPrivateKey(pem, undefined)).not.toThrow(/hunter2|MII/)
})

test('an assertion is signed with RS256, for one user and audience, and lives less than three minutes', () => {
  const now = Date.parse('2026-03-01T12:00:00.900Z')
  const claims = { iss: 'consumer', sub: 'é@acme.example', aud: 'https://login.salesforce.com' }
  const assertion = signAssertion(claims, key, now)
  const [header = '', payload = '', signature = '', ...more] = assertion.split('.')
  const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  expect(more).toEqual([])
  expect(decode(header)).toEqual({ alg: 'RS256', typ: 'JWT' })
  expect(decode(payload)).toEqual({ ...claims, exp: Math.floor(now / 1000) + 170 })
  expect(
    verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${payload}`),
      createPublicKey(testPublicKey),
      Buffer.from(signature, 'base64url'),
    ),
  ).toBe(true)
  expect(assertion).toMatch(/^[\w.-]+$/)
})

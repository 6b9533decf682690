import fc from 'fast-check'
import { keepSecret, mask, redact, redactValue } from '../../shared/redact.ts'

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

test('any secret is taken out of any text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 6, maxLength: 30 }).filter((text) => !/^\*+$/.test(text)),
      fc.constantFrom('x', ' ', '\n', '"'),
      (secret, around) => {
        keepSecret(secret)
        expect(redact(`${around}${secret}${around}`)).not.toContain(secret)
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

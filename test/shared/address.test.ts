import { isLoopback, serviceAddress } from '../../shared/http/address.ts'

test.each(['localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true)
  expect(serviceAddress(`http://${host}:8400`, 'BaseUrl').port).toBe('8400')
})

test.each([
  'acme.my.salesforce.com',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  '10.0.0.1',
  '[::2]',
  '1270.0.0.1',
])('%s is not this machine', (host) => {
  expect(isLoopback(host)).toBe(false)
})

test.each([
  ['https://acme.my.salesforce.com', 'acme.my.salesforce.com'],
  ['  https://acme.my.salesforce.com/ ', 'acme.my.salesforce.com'],
  // The parser of addresses has its own spellings of this machine.
  ['http://127.1:8400', '127.0.0.1:8400'],
  ['http://LOCALHOST', 'localhost'],
])('%j may be sent credentials', (text, host) => {
  expect(serviceAddress(text, 'BaseUrl').host).toBe(host)
})

test.each([
  ['', 'is not an address'],
  ['acme.my.salesforce.com', 'is not an address'],
  ['ftp://acme.my.salesforce.com', 'is not an address'],
  ['file:///etc/passwd', 'is not an address'],
  ['javascript:alert(1)', 'is not an address'],
  ['http://acme.my.salesforce.com', 'is http: Salesforce must be reached over https'],
  ['http://127.0.0.1.evil.example', 'is http'],
  ['http://127.0.0.1@evil.example', 'holds a user name or password'],
  ['https://user:hunter2@acme.my.salesforce.com', 'holds a user name or password'],
])('%j is refused, with the setting and without the value', (text, reason) => {
  expect(() => serviceAddress(text, 'AuthenticationUri')).toThrow(
    expect.objectContaining({
      code: 'MISCONFIGURED',
      message: expect.stringContaining(`Configuration.AuthenticationUri ${reason}`),
    }),
  )
  expect(() => serviceAddress(text, 'AuthenticationUri')).not.toThrow(/hunter2/)
})

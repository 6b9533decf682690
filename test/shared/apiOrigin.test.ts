import { apiOrigin } from '../../shared/salesforce/session/apiOrigin.ts'

const acme = 'https://acme.my.salesforce.com'

test.each([
  [acme, undefined, acme],
  [acme, acme, acme],
  [acme, 'https://acme.my.salesforce.com/', acme],
  [acme, 'https://ACME.my.salesforce.com:8443', acme],
  ['https://login.salesforce.com', acme, acme],
  [acme, 'https://acme.cloudforce.com', 'https://acme.cloudforce.com'],
  [acme, 'https://acme.my.salesforce.mil', 'https://acme.my.salesforce.mil'],
  [acme, 'https://acme.my.sfcrmproducts.cn', 'https://acme.my.sfcrmproducts.cn'],
  ['https://gateway.acme.example', acme, acme],
  ['https://gateway.acme.example:8443', 'https://gateway.acme.example', 'https://gateway.acme.example:8443'],
  ['http://127.0.0.1:8400', 'http://localhost:8401', 'http://localhost:8401'],
])('of %s and instance_url %s the API is at %s', (baseUrl, instanceUrl, origin) => {
  expect(apiOrigin(new URL(baseUrl), instanceUrl)).toBe(origin)
})

test.each([
  [acme, 'https://evil.example'],
  [acme, 'https://evilsalesforce.com'],
  [acme, 'https://salesforce.com.evil.example'],
  [acme, 'https://acme.my.salesforce.com@evil.example'],
  [acme, 'https://acme.my.salesforce.com.'],
  [acme, 'https://acme.my.salesforce.com%2eevil.example'],
  [acme, 'http://acme.my.salesforce.com'],
  [acme, 'https://other.my.salesforce.com:8443'],
  [acme, 'https://127.0.0.1'],
  [acme, 'ftp://acme.my.salesforce.com'],
  [acme, 'nonsense'],
  [acme, ''],
  ['https://gateway.acme.example', 'https://evil.example'],
  ['http://127.0.0.1:8400', acme],
  ['http://127.0.0.1:8400', 'https://192.0.2.1'],
  ['http://127.0.0.1:8400', 'ftp://127.0.0.1'],
])('of %s, instance_url %s is refused', (baseUrl, instanceUrl) => {
  expect(() => apiOrigin(new URL(baseUrl), instanceUrl)).toThrow(/instance_url.*nothing was sent there/)
})

import { keepSecret, redact } from '../../shared/redact.ts'

const nameOf = (index: number): string => `customer-${index}-value`

test('secrets of a long life do not pile up: those in use are masked, those that were not used longest are forgotten', () => {
  keepSecret('of the first customer, in use')
  keepSecret('of the first customer, gone')
  for (let index = 0; index < 2000; index++) {
    keepSecret(nameOf(index))
    if (index % 100 === 0) keepSecret('of the first customer, in use')
  }
  expect(redact('it is of the first customer, in use')).toBe('it is ***')
  expect(redact(`${nameOf(1999)} and ${nameOf(1600)}`)).toBe('*** and ***')
  expect(redact('it is of the first customer, gone')).toBe('it is of the first customer, gone')
})

test('a secret that is registered again and again is looked for once', () => {
  const secret = 'the same & again'
  for (let time = 0; time < 10_000; time++) keepSecret(secret)
  keepSecret('one that is new')
  expect(redact(`${secret}, ${encodeURIComponent(secret)}, one that is new`)).toBe('***, ***, ***')
})

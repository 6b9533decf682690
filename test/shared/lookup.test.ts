import dns from 'node:dns'
import { createLookup } from '../../shared/http/lookup.ts'

afterEach(() => jest.restoreAllMocks())

const here = (): jest.SpyInstance =>
  jest.spyOn(dns, 'lookup').mockImplementation(((
    _name: string,
    _options: object,
    done: (...args: unknown[]) => void,
  ) => {
    done(null, '192.0.2.7', 4)
  }) as unknown as typeof dns.lookup)

const probe = (code: string | undefined): void => {
  jest.spyOn(dns.Resolver.prototype, 'resolve4').mockImplementation(((
    _name: string,
    done: (...args: unknown[]) => void,
  ) => {
    done(code === undefined ? null : Object.assign(new Error(code), { code }), [])
  }) as unknown as typeof dns.Resolver.prototype.resolve4)
}

const find = (name: string, options: object = {}): Promise<unknown> =>
  new Promise((resolve) => {
    const { lookup } = createLookup(5_000)
    lookup(name, options, (error, address) => resolve(error?.code ?? address))
  })

test.each([undefined, 'ENOTFOUND', 'ENODATA', 'ESERVFAIL'])(
  'where a name server answers %s, the operating system is asked in this process',
  async (code) => {
    const asked = here()
    probe(code)
    expect(await find('acme.my.salesforce.com')).toBe('192.0.2.7')
    expect(asked).toHaveBeenCalledTimes(1)
  },
)

test.each(['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED'])(
  'where none does (%s), it is asked all the same, by a process of its own',
  async (code) => {
    const asked = here()
    probe(code)
    // An address needs no name server.
    expect(await find('127.0.0.7', { all: true })).toEqual([{ address: '127.0.0.7', family: 4 }])
    expect(asked).not.toHaveBeenCalled()
  },
)

test('a name without a dot needs no name server', async () => {
  const asked = here()
  const server = jest.spyOn(dns.Resolver.prototype, 'resolve4')
  expect(await find('localhost')).toBe('192.0.2.7')
  expect(asked).toHaveBeenCalledTimes(1)
  expect(server).not.toHaveBeenCalled()
})

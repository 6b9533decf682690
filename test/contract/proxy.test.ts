import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { answer, feed } from '../runInProcess.ts'
import { deserted, untilTheEnd } from './misbehavingServer.ts'
import { breaches, configuration, connectorNames, contextFor, launch, said } from './support.ts'

const org = 'https://acme.my.salesforce.com'

interface Proxy {
  readonly port: number
  /** The heads of the CONNECT requests, in order of arrival. */
  readonly asked: string[]
}

/** A proxy that answers each CONNECT with `reply`, and closes the connection. */
async function startProxy(reply: string | ((socket: Socket) => void)): Promise<Proxy> {
  const asked: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (chunk: Buffer) => {
      asked.push(chunk.toString('latin1'))
      if (typeof reply === 'string') socket.end(reply)
      else reply(socket)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  untilTheEnd({ close: () => new Promise<void>((resolve) => server.close(() => resolve())) })
  return { port: (server.address() as AddressInfo).port, asked }
}

const wantsBasic =
  'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="x, NTLM y"\r\n\r\n'

afterEach(() => {
  delete process.env['HTTPS_PROXY']
  delete process.env['https_proxy']
})

/** What an action says with this in HTTPS_PROXY. */
async function saidWith(value: string, action = 'disable', connector?: string): Promise<string> {
  process.env['HTTPS_PROXY'] = value
  const run = await answer(action, contextFor(action, org, {}, connector), connector)
  expect(breaches(run, 1, ['s3cret-w0rd'])).toEqual([])
  return said(run)
}

/** The last line of an import's log. */
async function importSaid(
  value: string,
  action: 'import' | 'importPermissions',
  connector: string,
): Promise<string> {
  process.env['HTTPS_PROXY'] = value
  const context = { DryRun: false, Configuration: configuration(org, { ImportConcurrency: 8 }) }
  const { code, stderr } = await feed(action, context, connector)
  expect(code).toBe(1)
  expect(stderr).not.toContain('s3cret-w0rd')
  return stderr.trimEnd().split('\n').at(-1) ?? ''
}

describe.each(connectorNames)('%s, a proxy that answers 407', (connector) => {
  test.each(['create', 'update', 'enable', 'disable', 'grantPermission', 'listPermissions'])(
    'is sent a wrong password once by %s, which names the variable',
    async (action) => {
      const proxy = await startProxy(wantsBasic)
      const text = await saidWith(`http://svc:s3cret-w0rd@127.0.0.1:${proxy.port}`, action, connector)
      expect(text).toContain('refuses the user name or password in HTTPS_PROXY: correct them there')
      expect(proxy.asked).toHaveLength(1)
      expect(proxy.asked[0]).toContain(`\r\nProxy-Authorization: Basic ${btoa('svc:s3cret-w0rd')}\r\n`)
    },
  )

  test.each(['import', 'importPermissions'] as const)(
    'is sent a wrong password once by %s',
    async (action) => {
      const proxy = await startProxy(wantsBasic)
      const text = await importSaid(`http://svc:s3cret-w0rd@127.0.0.1:${proxy.port}`, action, connector)
      expect(text).toContain('refuses the user name or password in HTTPS_PROXY')
      expect(proxy.asked).toHaveLength(1)
    },
  )
})

test.each([
  [
    'no password',
    '',
    wantsBasic,
    'asks for a user name and password: set HTTPS_PROXY to http://<user>:<password>@',
  ],
  ['no password, no scheme', '', 'HTTP/1.1 407 X\r\n\r\n', 'asks for a user name and password'],
  [
    'NTLM and Negotiate',
    'svc:s3cret-w0rd@',
    'HTTP/1.1 407 X\r\nProxy-Authenticate: Negotiate\r\nproxy-authenticate:NTLM TlRM==\r\n\r\n',
    'wants to be signed in to with Negotiate or NTLM, and this connector can only send Basic',
  ],
  [
    'Digest with its parameters',
    '',
    'HTTP/1.1 407 X\r\nProxy-Authenticate: Digest realm="x", nonce="Basic", qop=auth\r\n\r\n',
    'wants to be signed in to with Digest, and',
  ],
  [
    'NTLM, and Basic as well',
    'svc:s3cret-w0rd@',
    'HTTP/1.1 407 X\r\nProxy-Authenticate: NTLM, Basic realm=x\r\n\r\n',
    'refuses the user name or password',
  ],
  [
    'a head that breaks off',
    'svc:s3cret-w0rd@',
    'HTTP/1.1 407 Proxy Auth',
    'refuses the user name or password',
  ],
])('a 407 with %s is asked for once and told in words', async (_what, credentials, reply, expected) => {
  const proxy = await startProxy(reply)
  expect(await saidWith(`http://${credentials}127.0.0.1:${proxy.port}`)).toContain(expected)
  expect(proxy.asked).toHaveLength(1)
})

test.each([
  [
    '403',
    'HTTP/1.1 403 Forbidden\r\n\r\n',
    'acme.my.salesforce.com is not let through by the proxy of HTTPS_PROXY',
  ],
  ['503', 'HTTP/1.1 503 Down\r\n\r\n', 'is not let through by the proxy of HTTPS_PROXY (status 503)'],
  ['nothing, and closes', '', 'the proxy of HTTPS_PROXY (127.0.0.1:'],
  ['half a line', 'HTTP/1.1 40', 'broke the connection off'],
  ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', 'does not answer in HTTP'],
  ['a head without an end', `HTTP/1.1 200 ${'x'.repeat(40_000)}`, 'does not answer in HTTP'],
])('a proxy that answers %s is asked four times at most', async (_what, reply, expected) => {
  const proxy = await startProxy(reply)
  expect(await saidWith(`http://svc:s3cret-w0rd@127.0.0.1:${proxy.port}`)).toContain(expected)
  expect(proxy.asked.length).toBeGreaterThan(0)
  expect(proxy.asked.length).toBeLessThanOrEqual(4)
})

test('a proxy that resets the connection is asked four times at most', async () => {
  const proxy = await startProxy((socket) => socket.resetAndDestroy())
  expect(await saidWith(`http://127.0.0.1:${proxy.port}`)).toContain('the proxy of HTTPS_PROXY')
  expect(proxy.asked).toHaveLength(4)
})

test('a proxy at which nobody listens is named as the proxy', async () => {
  const { port } = new URL(await deserted())
  expect(await saidWith(`http://127.0.0.1:${port}`)).toContain(
    `acme.my.salesforce.com cannot be reached: the proxy of HTTPS_PROXY (127.0.0.1:${port}) refused the connection`,
  )
})

test.each([
  ['127.0.0.1:3128', /does not begin with http:\/\/ or https:\/\//],
  ['proxy.acme.example:3128', /does not begin with http:\/\/ or https:\/\//],
  ['http://svc:s3cret-w0rd#x@127.0.0.1:3128', /is not the address of a proxy.*write # as %23/],
  ['http://svc#s3cret-w0rd@127.0.0.1:3128', /is not the address of a proxy/],
  ['http://svc:s3cret-w0rd/x@127.0.0.1:3128', /is not the address of a proxy/],
  ['http://svc/s3cret-w0rd@127.0.0.1:3128', /is not the address of a proxy/],
  ['http://svc?s3cret-w0rd@127.0.0.1:3128', /is not the address of a proxy/],
  ['http://svc:s3cret-w0rd%zz@127.0.0.1:3128', /write % as %25/],
  ['http://127.0.0.1:99999', /is not the address of a proxy/],
  ['http://', /is not the address of a proxy/],
  ['socks5://svc:s3cret-w0rd@127.0.0.1:1080', /names a proxy of the kind socks5, which is not supported/],
  ['socks://127.0.0.1:1080', /of the kind socks,/],
  ['ftp://127.0.0.1', /of the kind ftp,/],
])('HTTPS_PROXY=%s is a configuration error that names the variable', async (value, expected) => {
  const text = await saidWith(value)
  expect(text).toMatch(expected)
  expect(text).toContain('The environment variable HTTPS_PROXY')
})

test('the variable is named as it is spelled', async () => {
  process.env['https_proxy'] = 'nowhere'
  expect(said(await answer('disable', contextFor('disable', org)))).toContain('variable https_proxy does not')
})

test('a socks proxy leaves no plain line on stderr of a process', async () => {
  const run = await launch('disable', contextFor('disable', org), {
    env: { HTTPS_PROXY: 'socks5://127.0.0.1:1080' },
  })
  expect(breaches(run, 1)).toEqual([])
})

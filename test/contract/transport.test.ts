import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { SimulatedOrg } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import { root } from '../process.ts'
import { close, listen, startOrg, startRogue, untilTheEnd } from './misbehavingServer.ts'
import {
  actionNames,
  breaches,
  configuration,
  contextFor,
  launch,
  oneOfEach,
  said,
  together,
} from './support.ts'

const fixture = (name: string): string => join(root, 'test', 'fixtures', name)
const tls = {
  key: readFileSync(fixture('key.pem'), 'utf8'),
  cert: readFileSync(fixture('certificate.pem'), 'utf8'),
}
const trusting = { NODE_EXTRA_CA_CERTS: fixture('certificate.pem') }
/** Names under .test are this machine for the script: no name server is asked. */
const naming = { NODE_OPTIONS: `--import=${pathToFileURL(fixture('names.mjs')).href}` }

const portOf = (org: SimulatedOrg): string => new URL(org.url).port
/** The org under a name that is no loopback address, so that a proxy is used for it. */
const named = (org: SimulatedOrg): string => `https://acme.my.salesforce.test:${portOf(org)}`
const context = (url: string, over = {}) =>
  contextFor('disable', url, { DryRun: true, Configuration: configuration(url, over) })

interface Proxy {
  readonly url: string
  /** `CONNECT host:port`, or any other request line, in order of arrival. */
  readonly asked: string[]
  /** Headers of each, as text. */
  readonly headers: string[]
}

/** A proxy that lets every host through to this machine. */
async function startProxy(): Promise<Proxy> {
  const asked: string[] = []
  const headers: string[] = []
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(405).end()
  })
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`)
    headers.push(JSON.stringify(request.headers))
    const upstream = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  const port = await listen(server)
  untilTheEnd({ close: () => close(server) })
  return { url: `http://127.0.0.1:${port}`, asked, headers }
}

describe('over TLS', () => {
  test('a certificate that nobody trusts is refused by every action, before a secret is sent', async () => {
    const org = await startOrg({ tls })
    const runs = [
      ...(await together(actionNames, (action) => answer(action, contextFor(action, org.url)))),
      ...(await together(oneOfEach, (action) => launch(action, contextFor(action, org.url)))),
    ]
    for (const run of runs) {
      expect(breaches(run, 1)).toEqual([])
      expect(said(run)).toMatch(
        /has a certificate that is not trusted: set NODE_EXTRA_CA_CERTS to the CA in use/,
      )
    }
    expect(org.requests).toEqual([])
  })

  test('a certificate that the machine is told to trust is taken', async () => {
    const org = await startOrg({ tls })
    const run = await launch('disable', context(org.url), { env: trusting })
    expect(breaches(run, 0)).toEqual([])
    expect(org.requests.length).toBeGreaterThan(1)
  })

  test('a certificate for another host is refused', async () => {
    const org = await startOrg({ tls })
    const url = `https://login.salesforce.test:${portOf(org)}`
    const run = await launch('disable', context(url), { env: { ...trusting, ...naming } })
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toContain('has a certificate for another host name')
    expect(org.requests).toEqual([])
  })

  test('a host that has no address is said to have none', async () => {
    const run = await launch('disable', context('https://acme.my.salesforce.example'), { env: naming })
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toContain('acme.my.salesforce.example has no address: is the host name right?')
  })

  test('an org that is not on this machine never sends a token back over http', async () => {
    // Its sign-in names an address of http, which is not as safe as what is configured.
    const org = await startOrg({ tls })
    const eavesdropper = await startRogue((_request, response) => response.end('{}'))
    org.fault({
      when: { path: /token/ },
      effect: {
        kind: 'commit-then-answer',
        status: 200,
        body: {
          access_token: org.org.issueToken(seedIds.users.integration, new Date()),
          instance_url: eavesdropper.url,
        },
      },
    })
    const run = await launch('disable', context(named(org)), { env: { ...trusting, ...naming } })
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toContain('nothing was sent there')
    expect(eavesdropper.asked).toEqual([])
    expect(org.requests).toHaveLength(1)
  })
})

describe('with a proxy', () => {
  test.each(['HTTPS_PROXY', 'https_proxy'])(
    'in %s, https goes through it, and is still checked end to end',
    async (variable) => {
      const org = await startOrg({ tls })
      const proxy = await startProxy()
      const env = { [variable]: proxy.url, ...naming }
      const untrusted = await launch('disable', context(named(org)), { env })
      expect(breaches(untrusted, 1)).toEqual([])
      expect(said(untrusted)).toContain('has a certificate that is not trusted')
      expect(org.requests).toEqual([])

      const run = await launch('disable', context(named(org)), { env: { ...env, ...trusting } })
      expect(breaches(run, 0)).toEqual([])
      expect(org.requests.length).toBeGreaterThan(1)
      expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT acme.my.salesforce.test:${portOf(org)}`]))
      expect(proxy.headers.join()).not.toMatch(/authorization|Bearer/i)
    },
  )

  test.each(['acme.my.salesforce.test', '.salesforce.test', '*', 'other.example,acme.my.salesforce.test'])(
    'NO_PROXY %s lets https go straight there',
    async (NO_PROXY) => {
      const org = await startOrg({ tls })
      const proxy = await startProxy()
      const env = { HTTPS_PROXY: proxy.url, NO_PROXY, ...naming, ...trusting }
      const run = await launch('disable', context(named(org)), { env })
      expect(breaches(run, 0)).toEqual([])
      expect(proxy.asked).toEqual([])
    },
  )

  test('this machine is reached without it, whatever the variables say', async () => {
    const org = await startOrg()
    const proxy = await startProxy()
    const env = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, ALL_PROXY: proxy.url, http_proxy: proxy.url }
    const runs = await together(oneOfEach, (action) =>
      launch(action, contextFor(action, org.url, { DryRun: true }), { env }),
    )
    for (const run of runs) expect(breaches(run, 0)).toEqual([])
    expect(proxy.asked).toEqual([])
  })

  test('that is not there, the failure is told in words', async () => {
    const proxy = await startRogue((_request, response) => response.end())
    await proxy.close()
    const env = { HTTPS_PROXY: proxy.url, ...naming, ...trusting }
    const run = await launch('disable', context('https://acme.my.salesforce.test'), { env })
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toMatch(/refused the connection|cannot be reached/)
  })

  test('that refuses, the failure is told in words', async () => {
    const server = createServer()
    server.on('connect', (_request, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
    )
    const port = await listen(server)
    untilTheEnd({ close: () => close(server) })
    const env = { HTTPS_PROXY: `http://127.0.0.1:${port}`, ...naming, ...trusting }
    const run = await launch('disable', context('https://acme.my.salesforce.test'), { env })
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toMatch(/prox/i)
  })
})

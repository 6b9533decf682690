import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../process.ts'
import { untilTheEnd } from './misbehavingServer.ts'
import { breaches, configuration, connectorNames, contextFor, launch, said } from './support.ts'

const noNameServer = {
  NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'test', 'fixtures', 'silentNames.mjs')).href}`,
}
const org = 'https://acme.my.salesforce.com'

/** A server that takes every connection and never says a word. */
async function startSilent(): Promise<string> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined).resume()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  untilTheEnd({
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

// Each of these goes on for minutes: that the process ends at all within the time of a test is what is held.
describe.each(connectorNames)('%s: a script ends with its answer', (connector) => {
  const cases: readonly [string, (silent: string) => { url: string; env: Record<string, string> }][] = [
    ['the TLS handshake hangs', (silent) => ({ url: `https://${silent}`, env: {} })],
    ['no name server answers', () => ({ url: org, env: noNameServer })],
    ['a proxy is silent', (silent) => ({ url: org, env: { HTTPS_PROXY: `http://${silent}` } })],
    [
      'the handshake with a proxy hangs',
      (silent) => ({ url: org, env: { HTTPS_PROXY: `https://${silent}` } }),
    ],
    [
      'no name server knows the proxy',
      () => ({ url: org, env: { ...noNameServer, HTTPS_PROXY: 'http://proxy.acme.example:3128' } }),
    ],
  ]
  test.each(cases)('where %s', async (_what, place) => {
    const { url, env } = place(await startSilent())
    const Configuration = configuration(url, { ActionTimeoutSeconds: 1 })
    const context = contextFor('disable', url, { Configuration }, connector)
    const run = await launch('disable', context, { connector, env })
    expect(breaches(run, 1)).toEqual([])
    expect(said(run)).toMatch(/did not answer in time|was used up|could not be looked up|cannot be reached/)
  })
})

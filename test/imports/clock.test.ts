import { importClock } from '../../shared/lifecycle/imports/importClock.ts'
import { feed } from '../runInProcess.ts'
import { signedIn, startRogue } from '../contract/misbehavingServer.ts'
import { configuration, connectorNames } from '../contract/support.ts'

test('each request has its own time, and the import as a whole has none', () => {
  let now = 1_000
  const clock = importClock(120, 0, false, () => now)
  now = 500_000
  const own = clock.forRequest?.()
  now = 530_000
  expect(own?.remaining()).toBe(90_000)
  expect(own?.limit?.()).toBe('Configuration.ImportTimeoutSeconds')
  expect(clock.forRequest?.().remaining()).toBe(120_000)
})

test('a preview ends before HelloID stops it, whatever the setting says', () => {
  let now = 1_000
  const clock = importClock(3600, 1_000, true, () => now)
  now = 61_000
  expect(clock.forRequest?.().remaining()).toBe(20_000)
  now = 90_000
  expect(clock.remaining()).toBe(0)
  expect(clock.limit?.()).toBe('an import in a preview (80 s)')
})

describe.each(connectorNames)('%s', (connector) => {
  test.each(['import', 'importPermissions'] as const)(
    '%s does not wait for what does not fit, and names the setting',
    async (action) => {
      const server = await startRogue((request, response) => {
        if (signedIn(request, response)) return
        response.writeHead(503, { 'retry-after': '60' }).end('{}')
      })
      const Configuration = configuration(server.url, { ImportTimeoutSeconds: '30', ImportConcurrency: 1 })
      const { code, stderr } = await feed(action, { DryRun: false, Configuration }, connector)
      expect(code).toBe(1)
      expect(stderr).toContain(
        'Trying again would need a wait of 60 s, and that does not fit in the time of Configuration.ImportTimeoutSeconds',
      )
      expect(stderr).not.toContain('ActionTimeoutSeconds')
    },
  )
})

test('every request tells who called', async () => {
  const headers: Record<string, unknown>[] = []
  const server = await startRogue((request, response) => {
    headers.push({ path: request.url, ...request.headers })
    if (!signedIn(request, response)) response.end('{"records":[],"done":true,"totalSize":0}')
  })
  await feed('import', { DryRun: false, Configuration: configuration(server.url) })
  expect(headers.length).toBeGreaterThan(1)
  for (const { path, 'user-agent': agent, 'sforce-call-options': options } of headers) {
    expect(agent).toMatch(/^salesforce-connector\/\d+\.\d+\.\d+$/)
    expect(options).toBe(String(path).startsWith('/services/data/') ? `client=${String(agent)}` : undefined)
  }
})

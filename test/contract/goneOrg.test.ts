import { answer, feed } from '../runInProcess.ts'
import { signedIn, startRogue } from './misbehavingServer.ts'
import { breaches, configuration, connectorNames, contextFor, said } from './support.ts'

const page = '<!DOCTYPE html><html><head><title>URL No Longer Exists</title></head><body></body></html>'

/** An org that signs in and shows a page at every other address. */
async function goneOrg(status: number): Promise<string> {
  const server = await startRogue((request, response) => {
    if (signedIn(request, response)) return
    response.writeHead(status, { 'content-type': 'text/html' }).end(page)
  })
  return server.url
}

describe.each(connectorNames)('%s, an org that is gone', (connector) => {
  test.each([404, 410, 200])(
    'answers %i with a page: no account is gone, and the setting is named',
    async (status) => {
      const url = await goneOrg(status)
      for (const action of ['update', 'enable', 'disable', 'delete', 'grantPermission', 'revokePermission']) {
        const run = await answer(action, contextFor(action, url, {}, connector), connector)
        expect([action, ...breaches(run, 1)]).toEqual([action])
        expect(said(run)).toMatch(
          /with status \d+ and a web page \[URL No Longer Exists\].*Check Configuration\.BaseUrl: a sandbox may have been deleted/,
        )
        expect(said(run)).not.toMatch(/could not be found|does not exist/)
      }
    },
  )

  test.each(['import', 'importPermissions'] as const)(
    'is told so by %s, which keeps REST on',
    async (action) => {
      const url = await goneOrg(404)
      const { code, stderr } = await feed(
        action,
        { DryRun: false, Configuration: configuration(url) },
        connector,
      )
      expect(code).toBe(1)
      const last = stderr.trimEnd().split('\n').at(-1)
      expect(last).toContain('Check Configuration.BaseUrl')
      expect(last).not.toContain('UseRestApi')
    },
  )

  test('is told in Dutch where the settings say so', async () => {
    const url = await goneOrg(404)
    const Configuration = configuration(url, { Language: 'nl' })
    const run = await answer('disable', contextFor('disable', url, { Configuration }, connector), connector)
    expect(said(run)).toContain('Controleer Configuration.BaseUrl: een sandbox kan zijn verwijderd')
  })
})

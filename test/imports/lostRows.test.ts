import { startProxy } from '../../reliability/proxy.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import { feed } from '../runInProcess.ts'
import { connectors } from '../connectors.ts'

/** What becomes of the rows of one answer on its way. */
const losses: readonly (readonly [string, (rows: readonly unknown[]) => readonly unknown[]])[] = [
  ['fewer rows than it counts', (rows) => rows.slice(1)],
  ['a row that is null', (rows) => [null, ...rows.slice(1)]],
  ['a row that is a text', (rows) => [...rows.slice(0, -1), 'x']],
  ['a row without a field', (rows) => [{}, ...rows.slice(1)]],
]

describe.each(connectors)('%s: a query that answers with', (connector) => {
  test.each(losses)('%s makes an import incomplete', async (_, lose) => {
    const org = await startSimulator()
    let isNext = true
    const proxy = await startProxy(org.url, (path, answer) => {
      if (!isNext || !/FROM (User|PermissionSetAssignment) /.test(path) || answer.status !== 200)
        return undefined
      const json = JSON.parse(answer.body) as { records: unknown[] }
      isNext = false
      return { ...answer, body: JSON.stringify({ ...json, records: lose(json.records) }) }
    })
    try {
      for (const action of ['import', 'importPermissions'] as const) {
        isNext = true
        const actionContext = {
          DryRun: false,
          Configuration: {
            BaseUrl: proxy.url,
            ClientID: seedCredentials.clientId,
            ClientSecret: seedCredentials.clientSecret,
          },
        }
        const { code, stderr } = await feed(action, { actionContext }, connector)
        expect({ action, code, isNext }).toEqual({ action, code: 1, isNext: false })
        expect(stderr).toMatch(/has \d+ rows, and gives \d+|none of the fields asked for/)
      }
    } finally {
      await proxy.close()
      await org.close()
    }
  })
})

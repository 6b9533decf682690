import type { ChildProcess } from 'node:child_process'
import { flagship } from '../connectors.ts'
import {
  contextFor,
  listedIds,
  parseLines,
  parseLog,
  routes,
  runImport,
  startImport,
  userRequests,
  withUsers,
} from './support.ts'
import type { Account } from './support.ts'

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.on('close', resolve))
}

describe.each(routes.filter(([, { connector }]) => connector === flagship))(
  'an import %s',
  (_name, { isSoql, settings }) => {
    test('asks for no more than a few pages ahead of a reader who has stopped, and goes on with him', async () => {
      await withUsers(12_000, 'documented', async (org) => {
        const ImportFields = ['userName', 'emailAddress', 'externalId', 'givenName', 'familyName']
        const child = startImport('import', contextFor(org.url, settings, { ImportFields }))
        child.stderr.resume()
        const exit = exitOf(child)
        // Another org, read to its end meanwhile, is the clock: time enough for all pages of this one.
        await withUsers(12_000, 'documented', async (other) => {
          expect((await runImport('import', contextFor(other.url, settings))).code).toBe(0)
        })
        const requests = userRequests(org).length
        expect(requests).toBeGreaterThan(0)
        expect(requests).toBeLessThan(isSoql ? 6 : 20)
        let stdout = ''
        child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
        expect(await exit).toBe(0)
        const ids = parseLines<Account>(stdout).map(({ AccountReference }) => AccountReference)
        expect(ids).toEqual(listedIds(org))
      })
    })

    test('ends quietly with exit 1 when its reader goes away', async () => {
      await withUsers(12_000, 'documented', async (org) => {
        const child = startImport('import', contextFor(org.url, settings))
        let stderr = ''
        child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
        child.stdout.once('data', () => child.stdout.destroy())
        expect(await exitOf(child)).toBe(1)
        expect(parseLog(stderr).errors).toEqual([])
        expect(userRequests(org).length).toBeLessThan(isSoql ? 7 : 62)
      })
    })
  },
)

test('a reader who is not there from the start ends an import with exit 1', async () => {
  await withUsers(500, 'documented', async (org) => {
    const child = startImport('import', contextFor(org.url))
    child.stderr.resume()
    child.stdout.destroy()
    expect(await exitOf(child)).toBe(1)
  })
})

import type { SimulatedOrg } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import type { Run } from '../process.ts'
import { startOrg } from './misbehavingServer.ts'
import { actionNames, breaches, connectorNames, contextFor, launch, said, together } from './support.ts'

/** Actions that have something to write in the seeded org: the others only look. */
const writing = actionNames.filter((name) => !/^(uniquenessCheck|listPermissions)$/.test(name))

/** The REST connector's, without a process of their own: that built scripts are like these, numbers.test.ts shows. */
const inProcess = (action: string, context: unknown): Promise<Run> =>
  answer(action, context, 'salesforce-apex-rest')

/** Everything that an action could change, as one text. */
function stateOf(org: SimulatedOrg): string {
  const { users, userLogins, permissionSetAssignments, groups, groupMembers, userRoles } = org.org
  const tables = [users, userLogins, permissionSetAssignments, groups, groupMembers, userRoles]
  const rows = tables.map((table) => [...table.values()].map((row) => ({ ...row, LastLoginDate: null })))
  return JSON.stringify(rows)
}

test.each([
  ['salesforce-scim', 'documented', launch],
  ['salesforce-scim', 'pilot', answer],
  ['salesforce-apex-rest', 'documented', inProcess],
] as const)(
  'a preview of any action of %s writes nothing, in the %s dialect',
  async (connector, dialect, perform) => {
    await together(actionNames, async (action) => {
      const org = await startOrg({ dialect })
      const before = stateOf(org)
      const run = await perform(action, contextFor(action, org.url, { DryRun: true }, connector))
      expect([action, ...breaches(run, 0)]).toEqual([action])
      const other = org.requests
        .filter(({ method }) => method !== 'GET')
        .map(({ method, path }) => `${method} ${path}`)
      expect([action, ...other]).toEqual([action, 'POST /services/oauth2/token'])
      expect(stateOf(org)).toBe(before)
      if (writing.includes(action))
        expect([action, said(run)]).toEqual([action, expect.stringContaining('[DryRun] Would ')])
      if (action === 'create') expect(run.output.AccountReference).not.toBe('')
      if (action === 'create') expect(run.output.AccountReference).toBeDefined()
    })
  },
)

test.each(connectorNames)(
  'the same of %s without the preview writes: what is previewed is not nothing',
  async (connector) => {
    await together(writing, async (action) => {
      const org = await startOrg()
      const before = stateOf(org)
      const run = await answer(action, contextFor(action, org.url, {}, connector), connector)
      expect([action, ...breaches(run, 0)]).toEqual([action])
      expect(org.writes().length).toBeGreaterThan(0)
      expect(stateOf(org)).not.toBe(before)
      expect(said(run)).not.toContain('DryRun')
    })
  },
)

test.each(connectorNames)('an update of %s previews the change that it then makes', async (connector) => {
  const org = await startOrg()
  const preview = await launch('update', contextFor('update', org.url, { DryRun: true }, connector), {
    connector,
  })
  const real = await launch('update', contextFor('update', org.url, {}, connector), { connector })
  expect(preview.output.Data).toEqual(real.output.Data)
  expect(preview.output.PreviousData).toEqual(real.output.PreviousData)
  expect(real.output.Data).not.toEqual(real.output.PreviousData)
})

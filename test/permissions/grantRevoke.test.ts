import { connectors, flagship } from '../connectors.ts'
import { hostsOf, operationsOf, type Step } from './permissionHost.ts'
import { account, casesOf, fallback, requestsOf, type Sample, samples } from './permissions.ts'

/** `replace` deletes the account's other permission sets unless it names a profile only, and PUT all that it does not name. */
function expectNoReplace(step: Step): void {
  const replaces = operationsOf(step).filter(({ op }) => op === 'replace')
  const ofSets = replaces.filter(({ value }) => /"entitlements":.*"0PS/.test(JSON.stringify(value ?? '')))
  expect(ofSets).toEqual([])
  expect(step.writes.filter(({ method }) => method === 'PUT')).toEqual([])
}

describe.each(connectors)('%s', (connector) => {
  const { withCase } = hostsOf(connector)

  test.concurrent.each(casesOf(connector))(
    'a $type is given once and taken once in the $name dialect, and nothing else changes',
    ({ sample, name, dialect }) =>
      withCase(dialect, async ({ run }) => {
        const permission = { Reference: sample.reference, Type: sample.type }
        const given = { account, permission, displayName: 'The thing', settings: fallback }
        const components = dialect.groupAssignmentRows === 'components-too' ? (sample.components ?? []) : []
        // Where the change of a profile takes the permission sets, they are given back.
        const back = sample.type === 'Profile' && name === 'lenient' ? 1 : 0
        const more = (name === 'terse' ? 1 : 0) + back

        const preview = await run('grantPermission', { ...given, dryRun: true })
        expect(preview.said).toMatch(/^\[DryRun\] Would grant permission \[The thing\] to account: /)

        const grant = await run('grantPermission', given)
        expect(grant.said).toBe('Grant permission [The thing] was successful')
        expect(grant.output.AuditLogs).toMatchObject([{ Action: 'GrantPermission', IsError: false }])
        expect(grant.changes).toEqual([sample.granted, ...components.map((row) => `+ ${row}`)])
        expect(grant.writes).toHaveLength(1 + back)
        expectNoReplace(grant)
        expect(grant.requests).toHaveLength(requestsOf(connector, sample).grant + more)

        const again = await run('grantPermission', given)
        expect(again.said).toMatch(
          /^Skipped granting permission \[The thing\] .*Reason: the account already has it$/,
        )
        expect(again.writes).toEqual([])
        expect(again.changes).toEqual([])
        expect(again.requests).toHaveLength(1)

        const planned = await run('revokePermission', { ...given, dryRun: true })
        expect(planned.said).toMatch(/^\[DryRun\] Would revoke permission \[The thing\] from account: /)

        const revoke = await run('revokePermission', { ...given, origin: 'enforcement' })
        expect(revoke.said).toContain(`Revoke permission: [The thing] from [${account}] was successful`)
        expect(revoke.said).toMatch(/\. Action initiated by: \[enforcement\]$/)
        expect(revoke.output.AuditLogs).toMatchObject([{ Action: 'RevokePermission', IsError: false }])
        expect(revoke.changes).toEqual([sample.revoked, ...components.map((row) => `- ${row}`)])
        expect(revoke.writes).toHaveLength(1 + back)
        expectNoReplace(revoke)
        expect(revoke.requests).toHaveLength(requestsOf(connector, sample).revoke + more)

        const gone = await run('revokePermission', { ...given, origin: 'reconciliation' })
        expect(gone.said).toMatch(/^Skipped revoking permission .*Action initiated by: \[reconciliation\]$/)
        expect(gone.writes).toEqual([])
        expect(gone.changes).toEqual([])
      }),
  )
})

describe('with SCIM alone', () => {
  const { withCase } = hostsOf(flagship)
  const scim = { ...fallback, UseRestApi: false }
  const over = (isScim: boolean): [string, Sample][] =>
    samples.filter((sample) => sample.isScim === isScim).map((sample) => [sample.type, sample])

  test.concurrent.each(over(true))(
    'a %s is given once and taken once, and nothing else changes',
    (_type, sample) =>
      withCase('documented', async ({ run }) => {
        const permission = { Reference: sample.reference, Type: sample.type }
        const settings =
          sample.type === 'Profile' ? { ...scim, FallbackProfile: "Sales Rep's Profile" } : scim
        const given = { account, permission, settings }
        const grant = await run('grantPermission', given)
        expect(grant.changes).toEqual([sample.granted])
        expect(grant.requests).toHaveLength(2)
        const revoke = await run('revokePermission', given)
        expect(revoke.changes).toEqual([sample.revoked])
        expect(grant.requests.concat(revoke.requests).every(({ path }) => path.includes('/scim/'))).toBe(true)
        const again = await run('revokePermission', given)
        expect(again.writes).toEqual([])
        expect(again.code).toBe(0)
      }),
  )

  test.concurrent.each(over(false))('a %s is refused in words, and nothing is sent', (_type, sample) =>
    withCase({ territoryManagement: true }, async ({ run }) => {
      const permission = { Reference: sample.reference, Type: sample.type }
      for (const action of ['grantPermission', 'revokePermission'] as const) {
        const step = await run(action, { account, permission, settings: scim })
        expect(step.code).toBe(1)
        expect(step.said).toMatch(/SCIM cannot grant or revoke a [a-z ]+: set Configuration\.UseRestApi\./)
        expect(step.requests).toEqual([])
      }
    }),
  )
})

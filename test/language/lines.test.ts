import { addRecords } from '../../simulator/seed/seedRecords.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { joiner } from '../lifecycle/host.ts'
import { hosts } from '../lifecycle/hosts.ts'
import { connectors } from '../connectors.ts'
import { hostsOf } from '../permissions/permissionHost.ts'

const { users, permissionSets, profiles } = seedIds
const settings = { Language: 'nl' }

/** Words that an English sentence of ours cannot do without, and a Dutch one never has. */
const english =
  /\b(?:the|could not|was successful|would|has|must|been|cannot|skipped|reason|set Configuration)\b/i

/** The lines of a run that hold English, of what was not said by Salesforce. */
function englishLines(said: string): string[] {
  return said.split('\n').filter((line) => english.test(line))
}

describe.each(hosts)('%s', (_name, _lend, lendCase) => {
  test('a whole life is told in Dutch, dry runs and refusals too', () =>
    lendCase({}, async ({ run, org }) => {
      addRecords(org.org)
      const create = await run('create', { Data: joiner, settings })
      const account = create.output.AccountReference
      const given = { account, settings }
      const steps = [
        await run('create', { Data: joiner, settings, dryRun: true }),
        create,
        await run('create', {
          Data: joiner,
          settings,
          correlate: { field: 'employeeNumber', value: '200001' },
        }),
        await run('create', { Data: { ...joiner, profile: 'No Such' }, settings }),
        await run('create', { Data: { givenName: 'x' }, settings }),
        await run('create', { Data: {}, settings, correlate: { field: 'employeeNumber', value: '' } }),
        await run('update', { ...given, Data: { city: 'Utrecht' }, dryRun: true }),
        await run('update', { ...given, Data: { city: 'Utrecht' } }),
        await run('update', { ...given, Data: { city: 'Utrecht' } }),
        await run('update', { ...given, Data: { familyName: '' } }),
        await run('update', { ...given, Data: { emailAddress: 'nonsense' } }),
        await run('update', { ...given, Data: { nosuch: 'x' } }),
        await run('update', { account: users.annBoss, settings, Data: { emailAddress: 'new@acme.example' } }),
        await run('update', { account: '0055g00000999ZZAAA', settings, Data: { city: 'x' } }),
        await run('update', { account: 'nonsense', settings, Data: { city: 'x' } }),
        await run('update', { settings, Data: { city: 'x' } }),
        await run('enable', { ...given, dryRun: true }),
        await run('enable', given),
        await run('enable', given),
        await run('uniquenessCheck', { settings, Data: joiner }),
        await run('disable', { ...given, dryRun: true }),
        await run('disable', { ...given, settings: { ...settings, OnDisable: 'report' } }),
        await run('disable', { ...given, settings: { ...settings, DisableMode: 'freeze' } }),
        await run('disable', { account: users.blocked, settings: { ...settings, DisableMode: 'nonsense' } }),
        await run('delete', { ...given, dryRun: true }),
        await run('delete', given),
      ]
      for (const { said } of steps) {
        expect(said.length + 1).toBeGreaterThan(1)
        expect(englishLines(said)).toEqual([])
      }
      expect(create.said).toContain('Account aangemaakt. AccountReference is [')
    }))

  test('what Salesforce said is quoted as it came, and ours around it is Dutch', () =>
    lendCase({ stateCountryPicklists: true }, async ({ run }) => {
      const step = await run('update', { account: users.obrien, settings, Data: { country: 'Holland' } })
      expect(step.said).toMatch(
        /^Bijwerken van het Salesforce-account \[\w+\] is mislukt\. Fout: There's a problem with this country\/territory, .*\(FIELD_INTEGRITY_EXCEPTION\) \[Country\]: de org heeft lijsten van landen/,
      )
    }))
})

describe.each(connectors)('%s', (connector) => {
  const { withCase } = hostsOf(connector)

  test('permissions are granted and revoked in Dutch', () =>
    withCase({}, async ({ run, org }) => {
      const account = users.annBoss
      const set = { Reference: Object.values(permissionSets)[0] ?? '', Type: 'PermissionSet' }
      const starter = { Reference: '0PG5g0000000002GAA', Type: 'PermissionSetGroup' }
      expect(org.users.get(account)).toBeDefined()
      const steps = [
        await run('grantPermission', { account, permission: set, settings, dryRun: true }),
        await run('grantPermission', { account, permission: set, settings }),
        await run('grantPermission', { account, permission: set, settings }),
        await run('grantPermission', { account, permission: starter, settings, dryRun: true }),
        await run('grantPermission', { account, permission: { Reference: 'x', Type: 'Nothing' }, settings }),
        await run('grantPermission', { account, permission: {}, settings }),
        await run('grantPermission', {
          account,
          permission: { Reference: '00e5g00000999ZZAAA', Type: 'Profile' },
          settings,
        }),
        await run('revokePermission', { account, permission: set, settings, dryRun: true }),
        await run('revokePermission', { account, permission: set, settings }),
        await run('revokePermission', { account, permission: set, settings }),
        await run('revokePermission', {
          account,
          permission: { Reference: profiles.standardUser, Type: 'Profile' },
          settings,
        }),
      ]
      for (const { said } of steps) expect(englishLines(said)).toEqual([])
    }))
})

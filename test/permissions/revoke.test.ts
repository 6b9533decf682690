import { makeId } from '../../simulator/org/ids.ts'
import type { Org } from '../../simulator/org/org.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connectors, flagship } from '../connectors.ts'
import { assign, hostsOf, operationsOf } from './permissionHost.ts'
import { account, type Sample, samples } from './permissions.ts'

const { users, profiles, permissionSets, permissionSetGroups, permissionSetLicenses, groups, userLicenses } =
  seedIds
const byType = samples.map((sample): [string, Sample] => [sample.type, sample])
const nobody = makeId('005', 900)

const assignStarter = (org: Org, user: string): void => {
  assign(org, user, permissionSets.salesStarterAggregate, permissionSetGroups.salesStarter)
}

describe.each(connectors)('%s', (connector) => {
  const { withCase, withHost } = hostsOf(connector)

  describe('revoking', () => {
    test.concurrent.each(byType)(
      'a %s from an account that is gone succeeds, in a preview too',
      (type, sample) =>
        withCase({ territoryManagement: true }, async ({ run }) => {
          const permission = { Reference: sample.reference, Type: type }
          for (const dryRun of [true, false]) {
            const step = await run('revokePermission', {
              account: nobody,
              permission,
              dryRun,
              origin: 'reconciliation',
            })
            expect(step.code).toBe(0)
            expect(step.said).toBe(
              `Salesforce account: [${nobody}] could not be found, indicating that it may have been deleted. Action initiated by: [reconciliation]`,
            )
            expect(step.writes).toEqual([])
          }
        }),
    )

    test.concurrent.each(byType)('a %s that is gone succeeds without a write', (type, sample) =>
      withCase({ territoryManagement: true }, async ({ run }) => {
        const permission = { Reference: sample.unknown, Type: type }
        const step = await run('revokePermission', { account, permission })
        expect(step.code).toBe(0)
        expect(step.said).toMatch(/^Skipped revoking permission .*Reason: the account no longer has it/)
        expect(step.writes).toEqual([])
      }),
    )

    test.concurrent('a territory where territories were switched off succeeds', () =>
      withHost({ territoryManagement: false }, async ({ run }) => {
        const permission = { Reference: seedIds.territories.benelux, Type: 'Territory' }
        expect((await run('revokePermission', { account, permission })).code).toBe(0)
      }),
    )

    test.concurrent('the last permission set goes over REST', () =>
      withHost('documented', async ({ run }) => {
        const permission = { Reference: permissionSets.reportBuilder }
        const step = await run('revokePermission', { account: users.annBoss, permission })
        expect(step.changes).toEqual([
          `- permissionSetAssignments AssigneeId=${users.annBoss} PermissionSetId=${permissionSets.reportBuilder}`,
        ])
      }),
    )
  })

  describe('access that comes through a group', () => {
    const user = users.twinOne
    const permission = { Reference: permissionSets.salesOps, Type: 'PermissionSet' }
    const rows = [['aggregate'], ['components-too']] as const
    const grantGroup = { account: user, permission: { Reference: permissionSetGroups.salesStarter } }

    test.concurrent.each(rows)(
      'alone cannot be revoked, and the group is named (rows: %s)',
      (groupAssignmentRows) =>
        withCase({ groupAssignmentRows }, async ({ run }) => {
          await run('grantPermission', grantGroup)
          for (const dryRun of [true, false]) {
            const step = await run('revokePermission', { account: user, permission, dryRun })
            expect(step.code).toBe(1)
            expect(step.said).toContain(
              'through the permission set group [Sales Starter]: revoke that group instead',
            )
            expect(step.writes).toEqual([])
          }
        }),
    )

    test.concurrent.each(rows)(
      'is told when the account has it directly as well (rows: %s)',
      (groupAssignmentRows) =>
        withCase({ groupAssignmentRows }, async ({ run, org }) => {
          await run('grantPermission', grantGroup)
          assign(org, user, permissionSets.salesOps)
          const step = await run('revokePermission', { account: user, permission })
          expect(step.code).toBe(0)
          expect(step.said).toContain(
            '; the account keeps it through the permission set group [Sales Starter]',
          )
          expect(step.changes).toEqual([
            `- permissionSetAssignments AssigneeId=${user} PermissionSetId=${permissionSets.salesOps}`,
          ])
        }),
    )

    test.concurrent('goes with the group, and the account keeps what it has directly', () =>
      withHost({ groupAssignmentRows: 'components-too' }, async ({ run, org }) => {
        assign(org, user, permissionSets.salesOps)
        await run('grantPermission', grantGroup)
        const step = await run('revokePermission', grantGroup)
        expect(step.changes).toHaveLength(3)
        expect(step.changes.every((change) => change.includes(permissionSetGroups.salesStarter))).toBe(true)
      }),
    )
  })

  describe('a permission set licence that is still needed', () => {
    const license = { Reference: permissionSetLicenses.serviceConsole, Type: 'PermissionSetLicense' }

    test.concurrent.each([
      ['PermissionSet', permissionSets.consoleAgent],
      ['PermissionSetGroup', permissionSetGroups.serviceStarter],
    ])('by a %s stays, and the set is named; after that it goes', (Type, Reference) =>
      withCase({ permissionSetLicenceOnGrant: 'required' }, async ({ run }) => {
        const permission = { Reference, Type }
        await run('grantPermission', { account, permission, settings: { AssignLicenses: true } })
        for (const dryRun of [true, false]) {
          const step = await run('revokePermission', { account, permission: license, dryRun })
          expect(step.code).toBe(1)
          expect(step.said).toContain('the permission set [Console Agent] of this account needs this licence')
          expect(step.writes).toEqual([])
        }
        await run('revokePermission', { account, permission })
        const step = await run('revokePermission', { account, permission: license })
        expect(step.changes).toEqual([
          `- permissionSetLicenseAssigns AssigneeId=${account} PermissionSetLicenseId=${license.Reference}`,
        ])
      }),
    )
  })

  describe('a profile', () => {
    const permission = { Reference: profiles.salesReps, Type: 'Profile' }
    const minimum = `users ${account} ProfileId: ${profiles.salesReps} -> ${profiles.minimumAccess}`
    const name = 'Minimum Access - Salesforce'

    test.concurrent.each<[string, Record<string, unknown>]>([
      ['by its name', { FallbackProfile: name }],
      ['by its id', { FallbackProfile: profiles.minimumAccess }],
      ['by its id of 15 characters', { FallbackProfile: profiles.minimumAccess.slice(0, 15) }],
      [
        'of the licence, among pairs',
        { FallbackProfiles: `salesforce = ${name}; Salesforce Platform = Standard Platform User` },
      ],
      ['of the licence, in JSON', { FallbackProfiles: JSON.stringify({ Salesforce: name }) }],
      ['of the licence, as an object', { FallbackProfiles: { Salesforce: profiles.minimumAccess } }],
      [
        'of the licence before the general one',
        { FallbackProfile: 'Identity User', FallbackProfiles: `Salesforce=${name}` },
      ],
    ])('gives way to the fallback profile %s', (_name, settings) =>
      withCase('documented', async ({ run }) => {
        const step = await run('revokePermission', { account, permission, settings })
        expect(step.changes).toEqual([minimum])
        expect(step.said).toContain(`; the account gets the fallback profile [${name}]`)
      }),
    )

    test.concurrent.each<[string, Record<string, unknown>, string]>([
      ['no fallback profile is configured', {}, "(the account's licence is [Salesforce])"],
      [
        'there is none for the licence',
        { FallbackProfiles: 'Identity = Identity User' },
        'set Configuration.Fallback',
      ],
      ['it does not exist', { FallbackProfile: 'Nobody' }, 'the fallback profile [Nobody] does not exist'],
      [
        'no profile has its id',
        { FallbackProfile: makeId('00e', 900) },
        `the fallback profile [${makeId('00e', 900)}] does not exist`,
      ],
      [
        'it belongs to another licence',
        { FallbackProfile: 'Standard Platform User' },
        'belongs to the user licence [Salesforce Platform], and the account has [Salesforce]',
      ],
      ['it is the profile itself', { FallbackProfile: "Sales Rep's Profile" }, 'is the fallback profile'],
    ])('stays, and a sentence says what to configure, where %s', (_name, settings, sentence) =>
      withCase('documented', async ({ run }) => {
        for (const dryRun of [true, false]) {
          const step = await run('revokePermission', { account, permission, settings, dryRun })
          expect(step.code).toBe(1)
          expect(step.said).toContain(sentence)
          expect(step.writes).toEqual([])
        }
      }),
    )

    test.concurrent('pairs that are none are refused before anything is sent', () =>
      withHost('documented', async ({ run, simulator }) => {
        const step = await run('revokePermission', {
          account,
          permission,
          settings: { FallbackProfiles: 'Salesforce' },
        })
        expect(step.said).toContain('Configuration.FallbackProfiles must hold pairs')
        expect(simulator.requests).toEqual([])
      }),
    )

    test.concurrent('that the account has no more is a success that needs no fallback', () =>
      withHost('documented', async ({ run }) => {
        const step = await run('revokePermission', { account, permission: { Reference: profiles.readOnly } })
        expect(step.code).toBe(0)
        expect(step.writes).toEqual([])
      }),
    )

    test.concurrent('of another licence than the general fallback needs the fallback of its licence', () =>
      withHost('documented', async ({ run, org }) => {
        org.profiles.insert({
          Id: makeId('00e', 800),
          Name: 'Platform Minimum',
          UserLicenseId: userLicenses.platform,
          UserType: 'Standard',
          Description: null,
          CreatedDate: '2026-01-01T00:00:00.000Z',
          LastModifiedDate: '2026-01-01T00:00:00.000Z',
        })
        const settings = { FallbackProfile: name, FallbackProfiles: 'Salesforce Platform = Platform Minimum' }
        const given = {
          account: users.platform,
          permission: { Reference: profiles.standardPlatformUser },
          settings,
        }
        const step = await run('revokePermission', given)
        expect(step.changes).toEqual([
          `users ${users.platform} ProfileId: ${profiles.standardPlatformUser} -> ${makeId('00e', 800)}`,
        ])
      }),
    )
  })

  describe('what the org does at the same time', () => {
    const set = { Reference: permissionSets.salesOps, Type: 'PermissionSet' }

    test.concurrent.each(
      connector === flagship ? (['documented', 'pilot'] as const) : (['documented'] as const),
    )('a member that is gone by then is a success (%s)', (dialect) =>
      withCase(dialect, async ({ run, simulator }) => {
        const leave = (org: Org): void => {
          for (const row of org.groupMembers.where('UserOrGroupId', account)) org.groupMembers.remove(row)
        }
        simulator.fault({ when: { method: 'GET', path: /\/Users\/|\/query$/ }, then: leave })
        const permission = { Reference: groups.emeaSalesTeam, Type: 'PublicGroup' }
        const step = await run('revokePermission', { account, permission })
        expect(step.code).toBe(0)
        expect(step.writes).toHaveLength(1)
      }),
    )

    test.concurrent('an assignment that is gone by then is a success', () =>
      withHost('documented', async ({ run, simulator }) => {
        const expire = (org: Org): void => {
          for (const row of org.permissionSetAssignments.where('PermissionSetId', set.Reference)) {
            org.permissionSetAssignments.remove(row)
          }
        }
        simulator.fault({ when: { method: 'GET', path: /\/query/ }, then: expire })
        const step = await run('revokePermission', { account, permission: set })
        expect(step.code).toBe(0)
        expect(step.writes.map(({ status }) => status)).toEqual([404])
      }),
    )

    test.concurrent('a permission that a flow gives back at once is no success', () =>
      withHost('documented', async ({ run, simulator }) => {
        simulator.fault({
          when: { method: 'DELETE', path: /PermissionSetAssignment/ },
          change: (org) => {
            assign(org, account, set.Reference)
          },
        })
        const step = await run('revokePermission', { account, permission: set })
        expect(step.code).toBe(1)
        expect(step.said).toContain('the account still has it')
      }),
    )

    test.concurrent('a permission that goes with another one is told', () =>
      withHost('documented', async ({ run, simulator, org }) => {
        assignStarter(org, account)
        simulator.fault({
          when: { method: 'DELETE', path: /PermissionSetAssignment/ },
          change: () => {
            for (const row of org.permissionSetAssignments.where(
              'PermissionSetGroupId',
              permissionSetGroups.salesStarter,
            ))
              org.permissionSetAssignments.remove(row)
          },
        })
        const step = await run('revokePermission', { account, permission: set })
        expect(step.code).toBe(0)
        expect(step.said).toContain("meanwhile 1 more of the account's permissions ended, by another session")
        expect(step.said).not.toContain('0Pa')
      }),
    )
  })
})

describe('over SCIM', () => {
  const { withCase, withHost } = hostsOf(flagship)

  test.concurrent.each([true, false])(
    'the last permission set is refused in words over SCIM (preview: %s)',
    (dryRun) =>
      withCase('documented', async ({ run }) => {
        const permission = { Reference: permissionSets.reportBuilder }
        const settings = { UseRestApi: false }
        const step = await run('revokePermission', { account: users.annBoss, permission, settings, dryRun })
        expect(step.code).toBe(1)
        expect(step.said).toContain('SCIM cannot take the last permission set from an account')
        expect(step.writes).toEqual([])
      }),
  )

  test.concurrent('one of two permission sets over SCIM names the one that stays', () =>
    withHost('documented', async ({ run }) => {
      const permission = { Reference: permissionSets.salesOps }
      const step = await run('revokePermission', { account, permission, settings: { UseRestApi: false } })
      expect(operationsOf(step)).toEqual([
        { op: 'replace', value: { entitlements: [{ value: permissionSets.contractEditor }] } },
      ])
      expect(step.changes).toEqual([
        `- permissionSetAssignments AssigneeId=${account} PermissionSetId=${permissionSets.salesOps}`,
      ])
    }),
  )

  test.concurrent('a profile gives way to the fallback profile by its name over SCIM', () =>
    withHost('documented', async ({ run }) => {
      const permission = { Reference: profiles.salesReps, Type: 'Profile' }
      const name = 'Minimum Access - Salesforce'
      const minimum = `users ${account} ProfileId: ${profiles.salesReps} -> ${profiles.minimumAccess}`
      const settings = { UseRestApi: false, FallbackProfile: name }
      expect((await run('revokePermission', { account, permission, settings })).changes).toEqual([minimum])
    }),
  )
})

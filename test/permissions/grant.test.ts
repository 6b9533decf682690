import { makeId } from '../../simulator/org/ids.ts'
import type { Org } from '../../simulator/org/org.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connectors, flagship } from '../connectors.ts'
import { hostsOf, operationsOf } from './permissionHost.ts'
import { account, type Sample, samples } from './permissions.ts'

const { users, profiles, roles, permissionSets, permissionSetGroups, permissionSetLicenses, userLicenses } =
  seedIds
const byType = samples.map((sample): [string, Sample] => [sample.type, sample])
const nobody = makeId('005', 900)

describe.each(connectors)('%s', (connector) => {
  const { withCase, withHost } = hostsOf(connector)

  describe('granting', () => {
    test.concurrent.each(byType)('a %s to an account that is gone fails, in a preview too', (type, sample) =>
      withCase({ territoryManagement: true }, async ({ run }) => {
        const permission = { Reference: sample.reference, Type: type }
        for (const dryRun of [true, false]) {
          const step = await run('grantPermission', { account: nobody, permission, dryRun })
          expect(step.code).toBe(1)
          expect(step.said).toContain(`account: [${nobody}]`)
          expect(step.said).toMatch(/could not be found.*may have been deleted/)
          expect(step.changes).toEqual([])
        }
      }),
    )

    test.concurrent.each(byType)('a %s that is gone fails and names it, in a preview too', (type, sample) =>
      withCase({ territoryManagement: true }, async ({ run }) => {
        const permission = { Reference: sample.unknown, Type: type }
        for (const dryRun of [true, false]) {
          const step = await run('grantPermission', { account, permission, dryRun })
          expect(step.code).toBe(1)
          expect(step.said).toMatch(/^Could not grant Salesforce permission for account: /)
          expect(step.changes).toEqual([])
          if (dryRun) expect(step.said).toContain(`[${sample.unknown}]`)
        }
      }),
    )

    test.concurrent.each(['Territory', 'FeatureLicense'])('a %s of a feature that is off says so', (type) =>
      withCase({ territoryManagement: false }, async ({ run }) => {
        const sample = samples.find((each) => each.type === type)
        const Reference = type === 'Territory' ? sample?.reference : sample?.unknown
        const step = await run('grantPermission', { account, permission: { Reference, Type: type } })
        expect(step.said).toContain('this org does not have the')
        expect(step.code).toBe(1)
        expect(step.writes).toEqual([])
      }),
    )

    test.concurrent.each([
      ['15 characters', { Reference: permissionSets.salesOps.slice(0, 15), Type: 'PermissionSet' }],
      ['no type, as an older connector stored it', { Reference: permissionSets.salesOps }],
      ['a type in another case', { reference: permissionSets.salesOps, TYPE: 'permissionset' }],
      ['blanks around it', { Reference: ` ${permissionSets.salesOps} `, Type: 'PermissionSet' }],
    ])('knows a permission that the account has by a reference with %s', (_name, permission) =>
      withCase('documented', async ({ run }) => {
        const step = await run('grantPermission', { account, permission })
        expect(step.said).toMatch(
          /^Skipped granting permission \[permission set 0PS\w+\] to account with AccountReference: /,
        )
        expect(step.said).toMatch(/Reason: the account already has it$/)
        expect(step.writes).toEqual([])
      }),
    )

    test.concurrent('a permission set that comes through a group already gives the account its own', () =>
      withHost('documented', async ({ run }) => {
        const group = { Reference: permissionSetGroups.salesStarter, Type: 'PermissionSetGroup' }
        await run('grantPermission', { account: users.annBoss, permission: group })
        const permission = { Reference: permissionSets.salesOps, Type: 'PermissionSet' }
        const step = await run('grantPermission', { account: users.annBoss, permission })
        expect(step.changes).toEqual([
          `+ permissionSetAssignments AssigneeId=${users.annBoss} PermissionSetId=${permissionSets.salesOps}`,
        ])
      }),
    )
  })

  describe('a reference that cannot be right', () => {
    const set = permissionSets.dataExport
    test.concurrent.each([
      ['is missing', undefined, 'References.Permission.Reference is missing'],
      ['is empty', {}, 'References.Permission.Reference is missing'],
      [
        'has an empty Reference',
        { Reference: '', Type: 'Role' },
        'References.Permission.Reference is missing',
      ],
      ['has a number as Reference', { Reference: 7 }, 'References.Permission.Reference is missing'],
      ['has an unknown Type', { Reference: set, Type: 'PermisionSet' }, 'is PermissionSet meant?'],
      [
        'has a Type like no other',
        { Reference: set, Type: 'Spaceship' },
        'expected one of Profile, PermissionSet',
      ],
      [
        'has a Type that is no text',
        { Reference: set, Type: 5 },
        'References.Permission.Type must be a text',
      ],
      ['has the id of another type', { Reference: set, Type: 'Role' }, 'begin with 00E'],
      ['has an id of nothing that can be granted', { Reference: account }, 'is not the id of a permission'],
      [
        'has a name in the place of an id',
        { Reference: 'Data_Export', Type: 'PermissionSet' },
        'begin with 0PS',
      ],
      [
        'has an injected query',
        { Reference: "0PS' OR Id != '", Type: 'PermissionSet' },
        'is not the id of a',
      ],
      [
        'has no field for a feature',
        { Reference: 'IsActive', Type: 'FeatureLicense' },
        'UserPermissionsMarketingUser',
      ],
    ])('because it %s fails both ways with a sentence, and nothing is sent', (_name, permission, sentence) =>
      withCase('documented', async ({ run, simulator }) => {
        for (const action of ['grantPermission', 'revokePermission'] as const) {
          const step = await run(action, { account, permission })
          expect(step.code).toBe(1)
          expect(step.said).toContain(sentence)
          expect(simulator.requests).toEqual([])
        }
      }),
    )

    test.concurrent('because it is no object is a context that is not understood', () =>
      withHost('documented', async ({ run }) => {
        const step = await run('grantPermission', { account, permission: set })
        expect(step.code).toBe(2)
        expect(step.said).toContain('References.Permission must be an object')
      }),
    )

    test.concurrent(
      'a type of permission in the settings that does not exist is named, and nothing is sent',
      () =>
        withHost('documented', async ({ run, simulator }) => {
          const settings = { PermissionTypes: 'PermissionSet, Spaceship' }
          const step = await run('grantPermission', { account, permission: { Reference: set }, settings })
          expect(step.code).toBe(1)
          expect(step.said).toContain('Configuration.PermissionTypes [Spaceship] does not exist')
          expect(simulator.requests).toEqual([])
        }),
    )
  })

  describe('what the org does at the same time', () => {
    const group = { Reference: permissionSetGroups.salesStarter, Type: 'PermissionSetGroup' }
    const set = { Reference: permissionSets.dataExport, Type: 'PermissionSet' }
    const assign = (org: Org): void => {
      org.permissionSetAssignments.insert({
        Id: org.nextId('0Pa'),
        AssigneeId: account,
        PermissionSetId: permissionSets.dataExport,
        PermissionSetGroupId: null,
        ExpirationDate: null,
        IsActive: true,
        IsRevoked: false,
        SystemModstamp: '2026-01-01T00:00:00.000Z',
      })
    }

    test.concurrent('another process that was faster is a success', () =>
      withHost('documented', async ({ run, simulator }) => {
        simulator.fault({ when: { method: 'GET', path: /\/Users\/|\/query$/ }, then: assign })
        const step = await run('grantPermission', { account, permission: set })
        expect(step.said).toContain('was successful')
        expect(step.changes).toHaveLength(1)
      }),
    )

    test.concurrent('a permission that a flow takes back at once is no success', () =>
      withHost('documented', async ({ run, simulator }) => {
        const undo = (org: Org): void => {
          for (const row of org.permissionSetAssignments.where('PermissionSetGroupId', group.Reference)) {
            org.permissionSetAssignments.remove(row)
          }
        }
        simulator.fault({ when: { method: 'POST', path: /PermissionSetAssignment/ }, change: undo })
        const step = await run('grantPermission', { account, permission: group })
        expect(step.code).toBe(1)
        expect(step.said).toContain('the account does not have it afterwards')
      }),
    )

    test.concurrent('a permission that goes with another one is told', () =>
      withHost('documented', async ({ run, simulator }) => {
        const lose = (org: Org): void => {
          for (const row of org.permissionSetAssignments.where('PermissionSetId', permissionSets.salesOps)) {
            org.permissionSetAssignments.remove(row)
          }
        }
        simulator.fault({ when: { method: 'POST', path: /PermissionSetAssignment/ }, change: lose })
        const step = await run('grantPermission', { account, permission: group })
        expect(step.code).toBe(0)
        expect(step.said).toContain("meanwhile 1 more of the account's permissions ended, by another session")
        expect(step.said).not.toContain('0Pa')
      }),
    )
  })

  describe('seats', () => {
    test.concurrent.each([true, false])(
      'a licence without a seat is refused with its numbers (preview: %s)',
      (dryRun) =>
        withCase('documented', async ({ run, org }) => {
          const license = org.permissionSetLicenses.get(permissionSetLicenses.einstein)
          if (license === undefined) throw new Error('the seed has changed')
          org.permissionSetLicenses.update(license, { TotalLicenses: 0 })
          const permission = { Reference: permissionSetLicenses.einstein, Type: 'PermissionSetLicense' }
          const step = await run('grantPermission', { account, permission, dryRun })
          expect(step.code).toBe(1)
          expect(step.said).toContain(
            'no seats left: the permission set licence [Einstein Analytics Plus] has 0, and 0 are in use',
          )
          expect(step.writes).toEqual([])
        }),
    )

    test.concurrent.each([
      ['PermissionSet', permissionSets.consoleAgent],
      ['PermissionSetGroup', permissionSetGroups.serviceStarter],
    ])('a %s whose licence has no seat is refused before anything is written', (Type, Reference) =>
      withCase('documented', async ({ run, org }) => {
        for (const user of [users.twinOne, users.twinTwo]) {
          org.permissionSetLicenseAssigns.insert({
            Id: org.nextId('2LA'),
            AssigneeId: user,
            PermissionSetLicenseId: permissionSetLicenses.serviceConsole,
          })
        }
        for (const dryRun of [true, false]) {
          const settings = { AssignLicenses: true }
          const step = await run('grantPermission', {
            account,
            permission: { Reference, Type },
            settings,
            dryRun,
          })
          expect(step.code).toBe(1)
          expect(step.said).toContain('[Service Console User] has 2, and 2 are in use')
          expect(step.writes).toEqual([])
        }
      }),
    )
  })

  describe('licences that permission sets need', () => {
    const kinds: [Type: string, Reference: string, row: string][] = [
      [
        'PermissionSet',
        permissionSets.consoleAgent,
        `AssigneeId=${account} PermissionSetId=${permissionSets.consoleAgent}`,
      ],
      [
        'PermissionSetGroup',
        permissionSetGroups.serviceStarter,
        `AssigneeId=${account} PermissionSetId=${permissionSets.serviceStarterAggregate} PermissionSetGroupId=${permissionSetGroups.serviceStarter}`,
      ],
    ]
    const license = `+ permissionSetLicenseAssigns AssigneeId=${account} PermissionSetLicenseId=${permissionSetLicenses.serviceConsole}`

    test.concurrent.each(kinds)(
      'a %s is refused while the account has no licence, and the licence is named',
      (Type, Reference) =>
        withCase({ permissionSetLicenceOnGrant: 'required' }, async ({ run }) => {
          const given = { account, permission: { Reference, Type } }
          const planned = await run('grantPermission', { ...given, dryRun: true })
          expect(planned.code).toBe(0)
          expect(planned.said).toContain(
            'an org that does not refuses the grant until the license is granted first or Configuration.AssignLicenses is set',
          )
          const step = await run('grantPermission', given)
          expect(step.code).toBe(1)
          expect(step.said).toContain('[Console Agent]')
          expect(step.said).toContain('Service Console User')
          expect(step.changes).toEqual([])
        }),
    )

    test.concurrent.each(kinds)(
      'a %s brings its licence first where that is configured',
      (Type, Reference, row) =>
        withCase('documented', async ({ run }) => {
          const given = { account, permission: { Reference, Type }, settings: { AssignLicenses: true } }
          const note = /; the permission set licence \[Service Console User\] is assigned first$/
          expect((await run('grantPermission', { ...given, dryRun: true })).said).toMatch(note)
          const step = await run('grantPermission', given)
          expect(step.said).toMatch(note)
          expect(step.changes).toEqual([`+ permissionSetAssignments ${row}`, license])
          expect(step.writes.map(({ path }) => path.split('/').at(-1))).toEqual([
            'PermissionSetLicenseAssign',
            'PermissionSetAssignment',
          ])
          expect((await run('grantPermission', given)).writes).toEqual([])
        }),
    )

    test.concurrent('a set whose grant was lost on the way is granted again, and its licence is not', () =>
      withCase('documented', async ({ run, simulator }) => {
        const when = { method: 'POST', path: /\/PermissionSetAssignment$/ }
        simulator.fault({ when, effect: { kind: 'reset' } })
        const permission = { Reference: permissionSets.consoleAgent, Type: 'PermissionSet' }
        const step = await run('grantPermission', { account, permission, settings: { AssignLicenses: true } })
        expect(step.code).toBe(0)
        expect(step.changes).toHaveLength(2)
      }),
    )

    test.concurrent('an org that brings the licence by itself is not stood in the way', () =>
      withHost({ permissionSetLicenceOnGrant: 'assigned' }, async ({ run }) => {
        const permission = { Reference: permissionSets.consoleAgent, Type: 'PermissionSet' }
        const step = await run('grantPermission', { account, permission })
        expect(step.code).toBe(0)
        expect(step.changes).toHaveLength(2)
        expect(step.writes).toHaveLength(1)
      }),
    )

    test.concurrent.each([true, false])(
      'a set of another user licence is refused in words (preview: %s)',
      (dryRun) =>
        withCase('documented', async ({ run }) => {
          const permission = { Reference: permissionSets.platformTools, Type: 'PermissionSet' }
          const step = await run('grantPermission', { account, permission, dryRun })
          expect(step.code).toBe(1)
          expect(step.said).toContain(
            "the permission set [Platform Tools] belongs to another user licence than the account's, which is [Salesforce]",
          )
          expect(step.changes).toEqual([])
        }),
    )
  })

  describe('a profile', () => {
    const platform = { Reference: profiles.standardPlatformUser, Type: 'Profile' }

    test.concurrent.each([true, false])(
      'of another licence is refused, and both are named (preview: %s)',
      (dryRun) =>
        withCase('documented', async ({ run }) => {
          const step = await run('grantPermission', { account: users.annBoss, permission: platform, dryRun })
          expect(step.code).toBe(1)
          expect(step.said).toContain('the account would go from [Salesforce] to [Salesforce Platform]')
          expect(step.said).toContain('Configuration.AllowLicenseChange')
          expect(step.writes).toEqual([])
        }),
    )

    test.concurrent('of another licence is given where that is configured, while a seat is left', () =>
      withHost('documented', async ({ run, org }) => {
        const given = { account: users.twinOne, permission: platform, settings: { AllowLicenseChange: true } }
        const license = org.userLicenses.get(userLicenses.platform)
        if (license === undefined) throw new Error('the seed has changed')
        org.userLicenses.update(license, { TotalLicenses: 1 })
        for (const dryRun of [true, false]) {
          const full = await run('grantPermission', { ...given, dryRun })
          expect(full.said).toContain(
            'no seats left: the user licence [Salesforce Platform] has 1, and 1 are in use',
          )
          expect(full.writes).toEqual([])
        }
        org.userLicenses.update(license, { TotalLicenses: 2 })
        const step = await run('grantPermission', given)
        expect(step.changes).toEqual([
          `users ${users.twinOne} ProfileId: ${profiles.standardUser} -> ${profiles.standardPlatformUser}`,
        ])
      }),
    )
  })

  test.concurrent('a role that the licence does not allow fails in words, and nothing changes', () =>
    withHost('documented', async ({ run, org }) => {
      const user = org.users.get(users.platform)
      if (user === undefined) throw new Error('the seed has changed')
      org.users.update(user, { ProfileId: profiles.identityUser })
      const permission = { Reference: roles.ceo, Type: 'Role' }
      const step = await run('grantPermission', { account: users.platform, permission })
      expect(step.code).toBe(1)
      expect(step.said).toContain('this user license can not have a role')
      expect(step.changes).toEqual([])
    }),
  )

  describe('the end of a permission', () => {
    const settings = { PermissionExpirationField: 'Person.PrimaryContract.EndDate' }
    const until = (EndDate: unknown) => ({ PrimaryContract: { EndDate } })

    test.concurrent.each([
      ['PermissionSet', permissionSets.dataExport],
      ['PermissionSetGroup', permissionSetGroups.salesStarter],
    ])('of a %s is the last moment of the day; another day changes the assignment', (Type, Reference) =>
      withCase('documented', async ({ run, org }) => {
        const given = { account, permission: { Reference, Type }, settings }
        const assignment = () => {
          const field = Type === 'PermissionSet' ? 'PermissionSetId' : 'PermissionSetGroupId'
          return org.permissionSetAssignments
            .where('AssigneeId', account)
            .filter((row) => row[field] === Reference)
            .map(({ Id, ExpirationDate }) => ({ Id, ends: ExpirationDate?.slice(0, 19) ?? null }))
        }
        const first = await run('grantPermission', { ...given, person: until('2032-08-31T00:00:00') })
        expect(first.code).toBe(0)
        const [row] = assignment()
        expect(assignment()).toEqual([{ Id: row?.Id, ends: '2032-08-31T23:59:59' }])

        const same = await run('grantPermission', { ...given, person: until('2032-08-31') })
        expect(same.said).toContain('the account already has it')
        const preview = await run('grantPermission', { ...given, person: until('2033-01-31'), dryRun: true })
        expect(preview.said).toContain('[DryRun] Would grant permission')

        const longer = await run('grantPermission', { ...given, person: until('2033-01-31') })
        expect(longer.writes.map(({ method }) => method)).toEqual(['PATCH'])
        expect(assignment()).toEqual([{ Id: row?.Id, ends: '2033-01-31T23:59:59' }])

        const endless = await run('grantPermission', { ...given, person: until(null) })
        expect(endless.writes).toHaveLength(1)
        expect(assignment()).toEqual([{ Id: row?.Id, ends: null }])
      }),
    )

    test.concurrent.each([
      ['is no date', 'soon', 'Person.PrimaryContract.EndDate is not a date: expected 2026-12-31'],
      ['no calendar has', '2026-13-77', 'Person.PrimaryContract.EndDate is not a date'],
      ['is over', '2001-01-01', 'must be in the future'],
    ])('that %s fails in words, and nothing changes', (_name, end, sentence) =>
      withCase('documented', async ({ run }) => {
        const permission = { Reference: permissionSets.dataExport, Type: 'PermissionSet' }
        const step = await run('grantPermission', { account, permission, settings, person: until(end) })
        expect(step.code).toBe(1)
        expect(step.said).toContain(sentence)
        expect(step.changes).toEqual([])
      }),
    )
  })
})

test('a profile is one value of SCIM where there is no REST', () =>
  hostsOf(flagship).withHost('documented', async ({ run }) => {
    const permission = { Reference: profiles.readOnly, Type: 'Profile' }
    const step = await run('grantPermission', { account, permission, settings: { UseRestApi: false } })
    expect(operationsOf(step)).toEqual([
      { op: 'replace', value: { entitlements: [{ value: profiles.readOnly }] } },
    ])
  }))

test.each([true, false])('permission sets that go with a profile are given back (REST: %s)', (UseRestApi) =>
  hostsOf(flagship).withCase({ lastPermissionSetRemovable: true }, async ({ run }) => {
    const permission = { Reference: profiles.readOnly, Type: 'Profile' }
    const step = await run('grantPermission', { account, permission, settings: { UseRestApi } })
    expect(step.code).toBe(0)
    expect(step.changes).toEqual([
      `users ${account} ProfileId: ${profiles.salesReps} -> ${profiles.readOnly}`,
    ])
  }),
)

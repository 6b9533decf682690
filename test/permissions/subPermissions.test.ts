import { makeId } from '../../simulator/org/ids.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connectors, flagship } from '../connectors.ts'
import { type Given, hostsOf, type Step } from './permissionHost.ts'

const {
  users,
  profiles,
  roles,
  permissionSets,
  permissionSetGroups,
  permissionSetLicenses,
  groups,
  territories,
} = seedIds
const account = users.twinOne
const nobody = makeId('005', 900)

const contract = (department: string, isIn = true) => ({
  Department: { ExternalId: department, DisplayName: `Department ${department}` },
  Title: { Code: null },
  Context: { InConditions: isIn },
})
const person = (...contracts: object[]) => ({ PrimaryContract: contract('PRIMARY'), Contracts: contracts })

const settings = {
  SubPermissionField: 'Department.ExternalId',
  SubPermissionMapping:
    'SAL = Report_Builder, Data Export; SVC = Data_Export, PublicGroup: Contract Reviewers',
}
const entry = (Type: string, id: string, DisplayName: string) => ({
  DisplayName,
  Reference: { Id: `${Type}:${id}` },
})
const reportBuilder = entry('PermissionSet', permissionSets.reportBuilder, 'Permission set: Report Builder')
const dataExport = entry('PermissionSet', permissionSets.dataExport, 'Permission set: Data Export')
const reviewers = entry('PublicGroup', groups.contractReviewers, 'Public group: Contract Reviewers')
const noneDefined = {
  DisplayName: 'No permissions defined',
  Reference: { Id: 'No permissions defined' },
}

const held = (set: string) => `permissionSetAssignments AssigneeId=${account} PermissionSetId=${set}`
const member = `groupMembers GroupId=${groups.contractReviewers} UserOrGroupId=${account}`

const grant: Given = { account, operation: 'grant', settings, current: [], person: person(contract('SAL')) }
const lines = (step: Step): string[] =>
  (step.output.AuditLogs ?? []).map(
    ({ Action, IsError, Message }) => `${Action ?? ''} ${IsError ? 'error ' : ''}${Message}`,
  )

describe.each(connectors)('%s', (connector) => {
  const { withCase, withHost } = hostsOf(connector)

  describe('the life of a set of sub-permissions', () => {
    test.concurrent('granted, kept, moved and revoked, each item told, and nothing else changes', () =>
      withHost('documented', async ({ run }) => {
        const preview = await run('subPermissions', {
          ...grant,
          dryRun: true,
          person: person(contract('SAL', false)),
        })
        expect(preview.output.SubPermissions).toEqual([reportBuilder, dataExport])
        expect(preview.said).toContain(
          `[DryRun] Would grant permission [Permission set: Report Builder] to account: `,
        )

        const first = await run('subPermissions', grant)
        expect(first.output.SubPermissions).toEqual([reportBuilder, dataExport])
        expect(lines(first)).toEqual([
          'GrantPermission Grant permission [Permission set: Report Builder] was successful',
          'GrantPermission Grant permission [Permission set: Data Export] was successful',
        ])
        expect(first.changes).toEqual([
          `+ ${held(permissionSets.reportBuilder)}`,
          `+ ${held(permissionSets.dataExport)}`,
        ])

        const again = await run('subPermissions', grant)
        expect(again.output.SubPermissions).toEqual([reportBuilder, dataExport])
        expect(again.said.match(/Skipped granting permission/g)).toHaveLength(2)
        expect(again.writes).toEqual([])

        const current = [reportBuilder, dataExport]
        const same = await run('subPermissions', { ...grant, operation: 'update', current })
        expect(same.output.SubPermissions).toEqual(current)
        expect(lines(same)).toEqual([
          `UpdatePermission Skipped updating permissions of account with AccountReference: [${account}]. Reason: No changes`,
        ])
        expect(same.requests).toHaveLength(2)

        const mover = {
          ...grant,
          operation: 'update',
          current,
          person: person(contract('SAL', false), contract('SVC')),
        }
        const move = await run('subPermissions', mover)
        expect(move.output.SubPermissions).toEqual([dataExport, reviewers])
        expect(lines(move)).toEqual([
          'GrantPermission Grant permission [Public group: Contract Reviewers] was successful',
          `RevokePermission Revoke permission: [Permission set: Report Builder] from [${account}] was successful. Action initiated by: [enforcement]`,
        ])
        expect(move.changes).toEqual([`- ${held(permissionSets.reportBuilder)}`, `+ ${member}`])

        const leaver: Given = {
          account,
          operation: 'revoke',
          origin: 'reconciliation',
          current: [dataExport, reviewers],
        }
        const planned = await run('subPermissions', { ...leaver, dryRun: true })
        expect(planned.output.SubPermissions).toEqual([])
        const leave = await run('subPermissions', leaver)
        expect(leave.output).toMatchObject({ Success: true, SubPermissions: [] })
        expect(leave.changes).toEqual([`- ${held(permissionSets.dataExport)}`, `- ${member}`])
        expect(
          lines(leave).every((line) => /^RevokePermission .*initiated by: \[reconciliation\]$/.test(line)),
        ).toBe(true)

        const over = await run('subPermissions', leaver)
        expect(over.output).toMatchObject({ Success: true, SubPermissions: [] })
        expect(over.writes).toEqual([])
        const nothing = await run('subPermissions', { ...leaver, current: [] })
        expect(nothing.said).toContain('Reason: none is granted')
        expect(nothing.requests).toHaveLength(1)
      }),
    )

    test.concurrent(
      'without a contract in conditions nothing stays, and the host gets the entry that it needs',
      () =>
        withCase('documented', async ({ run, org }) => {
          await run('subPermissions', grant)
          const update: Given = { ...grant, operation: 'update', current: [reportBuilder, dataExport] }
          const step = await run('subPermissions', { ...update, person: person(contract('SAL', false)) })
          expect(step.output).toMatchObject({ Success: true, SubPermissions: [noneDefined] })
          expect(org.assignmentsOf(account)).toEqual([])

          const empty = await run('subPermissions', { ...update, current: [noneDefined], person: person() })
          expect(empty.output).toMatchObject({ Success: true, SubPermissions: [noneDefined] })
          expect(empty.said).toContain('Reason: the contracts in conditions give none')
          const first = await run('subPermissions', { ...grant, person: person(contract('UNKNOWN')) })
          expect(first.output).toMatchObject({ Success: true, SubPermissions: [noneDefined] })
          expect(empty.writes.concat(first.writes)).toEqual([])
        }),
    )

    test.concurrent(
      'a permission that is renamed stays the same, and one without a contract goes by its id',
      () =>
        withCase('documented', async ({ run, org }) => {
          await run('subPermissions', {
            ...grant,
            settings: { ...settings, SubPermissionMapping: 'SAL = Data_Export' },
          })
          const set = org.permissionSets.get(permissionSets.dataExport)
          if (set === undefined) throw new Error('the seed has changed')
          org.permissionSets.update(set, { Name: 'Export', Label: 'Export' })
          const update = { ...grant, operation: 'update', current: [dataExport] }
          const renamed = { ...settings, SubPermissionMapping: 'SAL = Export' }
          const step = await run('subPermissions', { ...update, settings: renamed })
          expect(step.said).toContain('No changes')
          expect(step.output.SubPermissions).toEqual([dataExport])
        }),
    )
  })

  describe('an account that is gone', () => {
    test.concurrent.each(['grant', 'update'])('fails %s, and holds nothing', (operation) =>
      withCase('documented', async ({ run }) => {
        for (const dryRun of [true, false]) {
          const step = await run('subPermissions', {
            ...grant,
            account: nobody,
            operation,
            current: [dataExport],
            dryRun,
          })
          expect(step.output).toMatchObject({ Success: false, SubPermissions: [] })
          expect(step.said).toContain(`[${nobody}] could not be found`)
        }
      }),
    )

    test.concurrent('is a success for revoke', () =>
      withCase('documented', async ({ run }) => {
        const step = await run('subPermissions', {
          account: nobody,
          operation: 'revoke',
          current: [dataExport],
        })
        expect(step.output).toMatchObject({ Success: true, SubPermissions: [] })
        expect(step.said).toMatch(/could not be found.*Action initiated by: \[enforcement\]$/)
      }),
    )
  })

  describe('one failure does not stop the others', () => {
    test.concurrent('a permission that does not exist is named and left out', () =>
      withHost('documented', async ({ run }) => {
        const SubPermissionMapping = `SAL = Nowhere, ${makeId('0PS', 900)}, Role: Nobody, Data_Export`
        for (const dryRun of [true, false]) {
          const step = await run('subPermissions', {
            ...grant,
            settings: { ...settings, SubPermissionMapping },
            dryRun,
          })
          expect(step.output).toMatchObject({ Success: false, SubPermissions: [dataExport] })
          expect(step.said).toContain('the permission set [Nowhere] does not exist in Salesforce')
          expect(step.said).toContain(
            `the permission set [${makeId('0PS', 900)}] does not exist in Salesforce`,
          )
          expect(step.said).toContain('the role [Nobody] does not exist in Salesforce')
          expect(step.changes).toEqual(dryRun ? [] : [`+ ${held(permissionSets.dataExport)}`])
        }
      }),
    )

    test.concurrent('a grant that fails is left out, a revoke that fails keeps its entry', () =>
      withHost({ permissionSetLicenceOnGrant: 'required' }, async ({ run, simulator }) => {
        await run('subPermissions', grant)
        const refusal = [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'not yours' }]
        simulator.fault({
          when: { method: 'DELETE', path: /PermissionSetAssignment/ },
          effect: { kind: 'answer', status: 400, body: refusal },
        })
        const SubPermissionMapping = 'SAL = Console_Agent, Contract_Editor'
        const update: Given = { ...grant, operation: 'update', current: [reportBuilder, dataExport] }
        const step = await run('subPermissions', {
          ...update,
          settings: { ...settings, SubPermissionMapping },
        })
        expect(step.output.Success).toBe(false)
        expect(step.output.SubPermissions).toEqual([
          dataExport,
          entry('PermissionSet', permissionSets.contractEditor, 'Permission set: Contract Editor'),
        ])
        expect(lines(step)).toEqual([
          expect.stringMatching(
            /^GrantPermission error Could not grant .*permission \[Permission set: Console Agent\]: .*Service Console User/,
          ),
          'GrantPermission Grant permission [Permission set: Contract Editor] was successful',
          expect.stringMatching(
            /^RevokePermission error .*permission \[Permission set: Data Export\]: not yours/,
          ),
          expect.stringMatching(/^RevokePermission Revoke permission: \[Permission set: Report Builder\]/),
        ])
        expect(step.changes).toEqual([
          `- ${held(permissionSets.reportBuilder)}`,
          `+ ${held(permissionSets.contractEditor)}`,
        ])
      }),
    )

    test.concurrent('a key that names no permission is told and kept', () =>
      withHost('documented', async ({ run }) => {
        const stranger = { DisplayName: 'Something', Reference: { Id: 'Sales team' } }
        const step = await run('subPermissions', {
          account,
          operation: 'revoke',
          current: [stranger, reportBuilder],
        })
        expect(step.output).toMatchObject({ Success: false, SubPermissions: [stranger] })
        expect(step.said).toContain('permission [Something]: its key [Sales team] names no permission')
      }),
    )

    test.concurrent('what stops the whole run changes nothing, and what is held is still told', () =>
      withCase({ restEnabled: false }, async ({ run }) => {
        const update: Given = {
          ...grant,
          operation: 'update',
          current: [dataExport],
          person: person(contract('SVC')),
        }
        const step = await run('subPermissions', update)
        expect(step.output).toMatchObject({ Success: false, SubPermissions: [dataExport] })
        expect(step.changes).toEqual([])
      }),
    )
  })

  describe('every type', () => {
    const mapping = [
      'Territory: Benelux',
      'Queue: Support Queue',
      'PublicGroup: Contract_Reviewers',
      'Role: EMEA Sales',
      'UserPermissionsKnowledgeUser',
      'PermissionSetGroup: Sales_Starter',
      'Console Agent',
      'PermissionSetLicense: ServiceConsoleUser',
      'Profile: Read Only',
    ]
    const keys = [
      `Profile:${profiles.readOnly}`,
      `PermissionSetLicense:${permissionSetLicenses.serviceConsole}`,
      `Territory:${territories.benelux}`,
      `Queue:${groups.supportQueue}`,
      `PublicGroup:${groups.contractReviewers}`,
      `Role:${roles.emeaSales}`,
      'FeatureLicense:UserPermissionsKnowledgeUser',
      `PermissionSetGroup:${permissionSetGroups.salesStarter}`,
      `PermissionSet:${permissionSets.consoleAgent}`,
    ]
    const all = { ...settings, SubPermissionMapping: { SAL: mapping }, FallbackProfile: 'Standard User' }

    test.concurrent('is found by its name, granted after what it needs, and revoked before that', () =>
      withHost({ territoryManagement: true }, async ({ run }) => {
        const preview = await run('subPermissions', { ...grant, settings: all, dryRun: true })
        expect(preview.said).not.toContain('Could not')
        const step = await run('subPermissions', { ...grant, settings: all })
        expect(step.said).not.toContain('Could not')
        expect(preview.output.SubPermissions).toEqual(step.output.SubPermissions)
        expect(step.output.SubPermissions?.map(({ Reference }) => Reference.Id)).toEqual(keys)
        expect(step.output.SubPermissions?.map(({ DisplayName }) => DisplayName)).toContain(
          'Feature licence: Knowledge User',
        )
        expect(step.changes).toHaveLength(keys.length)

        const current = step.output.SubPermissions
        const leaver: Given = { account, operation: 'revoke', current, settings: all }
        const planned = await run('subPermissions', { ...leaver, dryRun: true })
        expect(planned.said).not.toContain('Could not')
        const revoke = await run('subPermissions', leaver)
        expect(revoke.output).toMatchObject({ Success: true, SubPermissions: [] })
        expect(revoke.changes).toHaveLength(keys.length)
      }),
    )

    test.concurrent('of which an account has one takes the place of the old one, in a preview too', () =>
      withCase('documented', async ({ run }) => {
        const SubPermissionMapping = {
          SAL: ['Role: EMEA Sales', 'Profile: Read Only'],
          SVC: ['Role: SVP Service', 'Profile: Standard User'],
        }
        const rules = { ...settings, SubPermissionMapping }
        const before = await run('subPermissions', { ...grant, settings: rules })
        const update: Given = {
          ...grant,
          operation: 'update',
          settings: rules,
          current: before.output.SubPermissions,
          person: person(contract('SVC')),
        }
        const preview = await run('subPermissions', { ...update, dryRun: true })
        expect(preview.output.Success).toBe(true)
        expect(preview.said).toContain('[Profile: Standard User] takes its place')
        const step = await run('subPermissions', update)
        expect(step.output.SubPermissions).toEqual(preview.output.SubPermissions)
        expect(step.output.Success).toBe(true)
        expect([...step.changes].sort()).toEqual([
          `users ${account} ProfileId: ${profiles.readOnly} -> ${profiles.standardUser}`,
          `users ${account} UserRoleId: ${roles.emeaSales} -> ${roles.svpService}`,
        ])

        const both = await run('subPermissions', {
          ...update,
          current: step.output.SubPermissions,
          person: person(contract('SAL'), contract('SVC')),
        })
        expect(both.output).toMatchObject({ Success: false, SubPermissions: step.output.SubPermissions })
        expect(both.said).toContain('the contracts give more than one profile, and an account has one')
        expect(both.writes).toEqual([])
      }),
    )
  })

  describe('a name', () => {
    const named = (SubPermissionNamingRule: string, more: object = {}) => ({
      SubPermissionNamingRule,
      ...more,
    })

    test.concurrent('made by a rule may be an API name or a label, with anything in it', () =>
      withCase('documented', async ({ run, org }) => {
        const set = org.permissionSets.get(permissionSets.dataExport)
        if (set === undefined) throw new Error('the seed has changed')
        org.permissionSets.update(set, { Label: `Rule of O'Neil \\ "R&D"` })
        const odd = contract(`O'Neil \\ "R&D"`)
        const step = await run('subPermissions', {
          ...grant,
          settings: named('Rule of {Department.ExternalId}'),
          person: person(odd),
        })
        expect(step.output).toMatchObject({ Success: true })
        expect(step.changes).toEqual([`+ ${held(permissionSets.dataExport)}`])
      }),
    )

    test.concurrent('that two things have is refused, unless it is the API name of one', () =>
      withCase('documented', async ({ run, org }) => {
        for (const [n, Name] of [
          [801, 'Twin_A'],
          [802, 'Twin_B'],
          [803, 'Twin'],
        ] as const) {
          const set = org.permissionSets.get(permissionSets.dataExport)
          if (set === undefined) throw new Error('the seed has changed')
          org.permissionSets.insert({
            ...set,
            Id: makeId('0PS', n),
            Name,
            Label: n === 803 ? 'Third' : 'Twins',
          })
        }
        const twins = await run('subPermissions', { ...grant, settings: named('Twins') })
        expect(twins.said).toContain(
          'there is more than one permission set [Twins]: name it by its API name or its id',
        )
        const third = await run('subPermissions', { ...grant, settings: named('Twin') })
        expect(third.output.SubPermissions).toEqual([
          entry('PermissionSet', makeId('0PS', 803), 'Permission set: Third'),
        ])
      }),
    )

    test.concurrent.each([
      ['a profile owns', `X${profiles.standardUser}`],
      ['stands behind a group', 'Sales_Starter_Aggregate'],
    ])('of a permission set that %s does not exist', (_what, name) =>
      withCase('documented', async ({ run }) => {
        const step = await run('subPermissions', { ...grant, settings: named(name) })
        expect(step.said).toContain(`the permission set [${name}] does not exist in Salesforce`)
        expect(step.output).toMatchObject({ Success: false, SubPermissions: [noneDefined] })
      }),
    )
  })

  test.concurrent('keys of an earlier time stay as the host has them, and mean what they meant', () =>
    withCase('documented', async ({ run }) => {
      await run('subPermissions', grant)
      const bare = [
        { displayname: 'Old report', reference: { ID: permissionSets.reportBuilder.slice(0, 15) } },
        { DisplayName: 'Old export', Reference: { Id: permissionSets.dataExport } },
      ]
      const SubPermissionMapping = 'SAL = Report_Builder'
      const update: Given = { ...grant, operation: 'update', settings: { ...settings, SubPermissionMapping } }
      const step = await run('subPermissions', { ...update, current: bare })
      expect(step.output.SubPermissions).toEqual([
        { DisplayName: 'Old report', Reference: { Id: permissionSets.reportBuilder.slice(0, 15) } },
      ])
      expect(step.changes).toEqual([`- ${held(permissionSets.dataExport)}`])
    }),
  )

  test.concurrent('the end of a permission is that of the person', () =>
    withCase('documented', async ({ run, org }) => {
      const step = await run('subPermissions', {
        ...grant,
        settings: { ...settings, PermissionExpirationField: 'PrimaryContract.EndDate' },
        person: { PrimaryContract: { EndDate: '2032-08-31T00:00:00' }, Contracts: [contract('SAL')] },
      })
      expect(step.output.Success).toBe(true)
      expect(org.assignmentsOf(account).map(({ ExpirationDate }) => ExpirationDate?.slice(0, 10))).toEqual([
        '2032-08-31',
        '2032-08-31',
      ])
    }),
  )

  test.concurrent(
    'many that end some day, which only REST can say, take no more than a write each either',
    () =>
      withCase('documented', async ({ run, org }) => {
        const set = org.permissionSets.get(permissionSets.dataExport)
        if (set === undefined) throw new Error('the seed has changed')
        const ids = Array.from({ length: 30 }, (_, n) => makeId('0PS', 500 + n))
        for (const [n, Id] of ids.entries()) {
          org.permissionSets.insert({ ...set, Id, Name: `Set_${n}`, Label: `Set ${n}` })
        }
        const step = await run('subPermissions', {
          ...grant,
          settings: {
            ...settings,
            SubPermissionMapping: { SAL: ids },
            PermissionExpirationField: 'PrimaryContract.EndDate',
          },
          person: { PrimaryContract: { EndDate: '2032-08-31T00:00:00' }, Contracts: [contract('SAL')] },
        })
        expect(step.output.Success).toBe(true)
        expect(step.changes).toHaveLength(30)
        expect(org.assignmentsOf(account).every(({ ExpirationDate }) => ExpirationDate !== null)).toBe(true)
        // The account, the names and the assignments before.
        expect(step.requests).toHaveLength(33)
      }),
  )

  test.concurrent('a hundred sub-permissions take one read, one look-up and a write each', () =>
    withHost('documented', async ({ run, org }) => {
      const set = org.permissionSets.get(permissionSets.dataExport)
      if (set === undefined) throw new Error('the seed has changed')
      const names = Array.from({ length: 101 }, (_, n) => `Set_${n}`)
      for (const [n, Name] of names.entries()) {
        org.permissionSets.insert({ ...set, Id: makeId('0PS', 500 + n), Name, Label: Name })
      }
      const rules = (given: readonly string[]) => ({ ...settings, SubPermissionMapping: { SAL: given } })
      const tooMany = await run('subPermissions', { ...grant, settings: rules(names) })
      expect(tooMany.said).toContain('the contracts give 101 sub-permissions, and the host takes 100 at most')
      expect(tooMany.writes).toEqual([])

      const step = await run('subPermissions', { ...grant, settings: rules(names.slice(1)) })
      expect(step.output.Success).toBe(true)
      expect(step.output.SubPermissions).toHaveLength(100)
      expect(step.changes).toHaveLength(100)
      // By REST the assignments are read once before the first write, and then with each write.
      expect(step.requests).toHaveLength(connector === flagship ? 102 : 103)
    }),
  )

  describe('bad input is refused in a sentence before anything is sent', () => {
    test.concurrent.each<[string, Given, string]>([
      ['no operation', { operation: '' }, 'Operation [] is none of grant, update and revoke'],
      ['another operation', { operation: 'create' }, 'Operation [create] is none of'],
      ['no person', { person: undefined }, 'personContext.Person.Contracts is missing'],
      [
        'a person without contracts',
        { person: { DisplayName: 'Kim' } },
        'personContext.Person.Contracts is missing',
      ],
      [
        'an entry without a key',
        { current: [{ DisplayName: 'X' }] },
        'CurrentPermissions[0].Reference.Id is missing',
      ],
      ['no rule', { settings: {} }, 'Nothing says which permissions belong to a contract'],
      [
        'a slip in a field',
        { settings: { ...settings, SubPermissionField: 'Departement.ExternalId' } },
        'is Department.ExternalId meant?',
      ],
      ['an account that is no id', { account: 'kim' }, 'References.Account [kim]'],
    ])('%s', (_name, given, sentence) =>
      withCase('documented', async ({ run, simulator }) => {
        const step = await run('subPermissions', { ...grant, ...given })
        expect(step.code).toBe(1)
        expect(step.said).toContain(sentence)
        expect(simulator.requests).toEqual([])
      }),
    )

    test.concurrent('except that revoking needs neither rules nor a person', () =>
      withCase('documented', async ({ run }) => {
        await run('subPermissions', grant)
        const broken = { SubPermissionField: 'Nonsense', SubPermissionType: 'Spaceship' }
        const leaver = {
          account,
          operation: 'revoke',
          current: [reportBuilder, dataExport],
          settings: broken,
        }
        expect((await run('subPermissions', leaver)).output).toMatchObject({
          Success: true,
          SubPermissions: [],
        })
      }),
    )
  })
})

test('a sub-permission that SCIM has is found over SCIM; the others are told', () =>
  hostsOf(flagship).withCase({ territoryManagement: true }, async ({ run }) => {
    const SubPermissionMapping = {
      SAL: [
        'Data_Export',
        'Role: EMEA Sales',
        'PublicGroup: Contract Reviewers',
        'Profile: Read Only',
        'Queue: X',
      ],
    }
    const step = await run('subPermissions', {
      ...grant,
      settings: { ...settings, SubPermissionMapping, UseRestApi: false },
    })
    expect(step.said).toContain('SCIM cannot grant or revoke a queue: set Configuration.UseRestApi')
    expect(step.output.SubPermissions?.map(({ Reference }) => Reference.Id)).toEqual([
      `Profile:${profiles.readOnly}`,
      `PermissionSet:${permissionSets.dataExport}`,
      `Role:${roles.emeaSales}`,
      `PublicGroup:${groups.contractReviewers}`,
    ])
    expect(step.requests.every(({ path }) => path.includes('/scim/'))).toBe(true)
  }))

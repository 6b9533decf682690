import fc from 'fast-check'
import {
  type PermissionType,
  permissionTypeNames,
  permissionTypes,
} from '../../shared/lifecycle/permissions/access/permission.ts'
import { type Grantable, toPermissions } from '../../shared/lifecycle/permissions/listing/permissionList.ts'
import type { Dialect, DialectName } from '../../simulator/dialect/dialect.ts'
import { faultEffects } from '../../simulator/faults/faults.ts'
import { makeId } from '../../simulator/org/ids.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { asBuilt, type Connector, connectors, flagship, inProcess, type Perform } from '../connectors.ts'
import { audit, type Run } from '../process.ts'
import { isWrite, partsOf } from '../requests.ts'

type Settings = Readonly<Record<string, unknown>>

type List = (org: SimulatedOrg, settings?: Settings, dryRun?: boolean) => Promise<Run>

/** Runs a connector's list against an org, within this process or by its built script, and holds what every run has to keep. */
function listsOf(connector: Connector): { readonly list: List; readonly listByScript: List } {
  const by =
    (perform: Perform): List =>
    (org, settings = {}, dryRun = false) =>
      listed(perform, org, settings, dryRun)
  return { list: by(inProcess(connector)), listByScript: by(asBuilt(connector)) }
}

async function listed(
  perform: Perform,
  org: SimulatedOrg,
  settings: Settings,
  dryRun: boolean,
): Promise<Run> {
  const Configuration = {
    BaseUrl: org.url,
    AuthenticationFlow: 'client_credentials',
    ClientID: seedCredentials.clientId,
    ClientSecret: seedCredentials.clientSecret,
    ...settings,
  }
  org.clearRequests()
  const run = await perform('listPermissions', { DryRun: dryRun, Configuration })
  expect(run.stdout).toMatch(/^\{.*\}\n$/)
  expect(run.code).toBe(run.output.Success === true ? 0 : 1)
  if (dryRun) expect(org.writes()).toEqual([])
  // Only questions: a composite of queries is the one request that is no GET.
  expect(org.requests.filter(isWrite)).toEqual([])
  if (run.output.Success !== true) {
    expect(run.output).not.toHaveProperty('Permissions')
    expect(audit(run)).toContain('Could not list Salesforce permissions. Error: ')
  }
  return run
}

async function withOrg(
  dialect: DialectName | Partial<Dialect>,
  test: (org: SimulatedOrg) => Promise<void>,
): Promise<void> {
  const org = await startSimulator({ dialect })
  try {
    await test(org)
    expect(org.unfiredFaults()).toEqual([])
  } finally {
    await org.close()
  }
}

const names = (run: Run): string[] => (run.output.Permissions ?? []).map(({ DisplayName }) => DisplayName)

const referencesOf = (run: Run, type: PermissionType): string[] =>
  (run.output.Permissions ?? []).flatMap(({ Identification: { Reference, Type } }) =>
    Type === type ? [Reference] : [],
  )

function addSets(org: SimulatedOrg, count: number, over: { label?: (n: number) => string } = {}): void {
  const [sample] = [...org.org.permissionSets.values()].filter(({ Type }) => Type === 'Regular')
  if (sample === undefined) throw new Error('the seed has no permission set')
  for (let n = 1; n <= count; n++) {
    const Label = over.label?.(n) ?? `Set ${n}`
    org.org.permissionSets.insert({ ...sample, Id: makeId('0PS', 5000 + n), Name: `Set_${n}`, Label })
  }
}

function addGroups(org: SimulatedOrg, count: number): void {
  const [sample] = org.org.groups.values()
  if (sample === undefined) throw new Error('the seed has no group')
  for (let n = 1; n <= count; n++) {
    const made = { Id: makeId('00G', 5000 + n), Name: `Group ${n}`, DeveloperName: `Group_${n}` }
    org.org.groups.insert({ ...sample, ...made, Type: n % 5 === 0 ? 'Queue' : 'Regular' })
  }
}

const seeded = [
  'Profile: Chatter Free User',
  'Profile: Identity User',
  'Profile: Minimum Access - API Only Integrations',
  'Profile: Minimum Access - Salesforce',
  'Profile: Read Only',
  "Profile: Sales Rep's Profile",
  'Profile: Standard Platform User',
  'Profile: Standard User',
  'Profile: System Administrator',
  'Permission set: Console Agent',
  'Permission set: Contract Editor',
  'Permission set: Data Export',
  'Permission set: Platform Tools',
  'Permission set: Report Builder',
  'Permission set: Sales Operations',
  'Permission set group: Sales Starter',
  'Permission set group: Service Starter',
  'Permission set licence: Einstein Analytics Plus',
  'Permission set licence: Salesforce API Integration',
  'Permission set licence: Service Console User',
  'Feature licence: Apex Mobile User',
  'Feature licence: Flow User',
  'Feature licence: Knowledge User',
  'Feature licence: Marketing User',
  'Feature licence: Offline User',
  'Feature licence: Salesforce CRM Content User',
  'Feature licence: Service Cloud User',
  'Role: APAC Sales',
  'Role: CEO',
  'Role: EMEA Sales',
  'Role: SVP Sales',
  'Role: SVP Service',
  'Public group: All Managers',
  'Public group: Contract Reviewers',
  'Public group: EMEA Sales Team',
  'Queue: New Leads',
  'Queue: Support Queue',
]

describe.each(connectors)('by REST, %s', (connector) => {
  const { list, listByScript } = listsOf(connector)

  test('everything that a user can hold is listed, by type and name, and nothing that nobody can be given', () =>
    withOrg('documented', async (org) => {
      const run = await listByScript(org)
      expect(names(run)).toEqual(seeded)
      const offered = (run.output.Permissions ?? []).map(({ Identification }) => Identification)
      expect(offered).toContainEqual({ Reference: seedIds.permissionSets.salesOps, Type: 'PermissionSet' })
      expect(offered).toContainEqual({ Reference: 'UserPermissionsMarketingUser', Type: 'FeatureLicense' })
      const references = offered.map(({ Reference }) => Reference)
      expect(references).not.toContain(seedIds.permissionSets.salesStarterAggregate)
      expect(references).not.toContain(seedIds.profiles.guest)
      expect(references).not.toContain(seedIds.profiles.automatedProcess)
      const ownedByProfiles = [...org.org.permissionSets.values()].filter((set) => set.IsOwnedByProfile)
      expect(ownedByProfiles.length).toBeGreaterThan(5)
      for (const { Id } of ownedByProfiles) expect(references).not.toContain(Id)
    }))

  test.each(['documented', 'pilot'] as const)(
    'a dry run and an org that speaks %s give the same list',
    (dialect) =>
      withOrg(dialect, async (org) => {
        expect(names(await list(org))).toEqual(seeded)
        expect(names(await listByScript(org, {}, true))).toEqual(seeded)
      }),
  )

  test('the feature that the org has not enabled is a note, not an error', () =>
    withOrg('documented', async (org) => {
      const run = await list(org)
      expect(run.code).toBe(0)
      expect(run.stderr).toContain('This org has no territories (Territory2 is not enabled)')
    }))

  test.each(permissionTypeNames.filter((type) => type !== 'Territory'))(
    'a host that wants %s only gets nothing else, and nothing else is read for it',
    (type) =>
      withOrg('documented', async (org) => {
        const run = await list(org, { PermissionTypes: type })
        const label = `${permissionTypes[type].label}: `
        expect(names(run)).toEqual(seeded.filter((name) => name.startsWith(label)))
        expect(referencesOf(run, type)).toHaveLength(names(run).length)
        // Sign in, and one question.
        expect(org.requests).toHaveLength(2)
      }),
  )

  test('an org with 2,000 permission sets and 500 groups takes at most 12 requests, preview or not', () =>
    withOrg({ territoryManagement: true }, async (org) => {
      addSets(org, 2000)
      addGroups(org, 500)
      for (const dryRun of [false, true]) {
        const run = await list(org, {}, dryRun)
        expect(referencesOf(run, 'PermissionSet')).toHaveLength(2006)
        expect(referencesOf(run, 'PublicGroup')).toHaveLength(403)
        expect(referencesOf(run, 'Queue')).toHaveLength(102)
        expect(referencesOf(run, 'Territory')).toHaveLength(2)
        // The token request is one of them.
        expect(org.requests.length).toBeLessThanOrEqual(12)
      }
    }))

  test('a composite request has no more queries than Salesforce takes in one', () =>
    withOrg({ territoryManagement: true }, async (org) => {
      await list(org)
      const counts = org.requests.map((request) => partsOf(request).length).filter((count) => count > 0)
      expect(counts.length).toBeGreaterThan(1)
      expect(Math.max(...counts)).toBeLessThanOrEqual(5)
    }))

  test('every page of a long list is there', () =>
    withOrg('documented', async (org) => {
      addSets(org, 4500)
      const run = await listByScript(org, { PermissionTypes: 'PermissionSet' })
      expect(new Set(referencesOf(run, 'PermissionSet')).size).toBe(4506)
      expect(new Set(names(run)).size).toBe(4506)
    }))

  test('a page that fails fails the list', () =>
    withOrg('documented', async (org) => {
      addSets(org, 2500)
      org.fault({ when: { path: /\/query\/01g/ }, effect: faultEffects.dailyLimit() })
      const run = await listByScript(org)
      expect(run.code).toBe(1)
      expect(audit(run)).toContain('TotalRequests Limit exceeded')
    }))

  test.each([
    ['the description of User', { path: /\/sobjects\/User\/describe$/ }],
    ['the first composite request', { path: /\/composite$/ }],
    ['the second composite request', { path: /\/composite$/, occurrence: 2 }],
  ])('%s that is refused fails the list', (_name, when) =>
    withOrg('documented', async (org) => {
      org.fault({ when, effect: faultEffects.dailyLimit() })
      const run = await list(org)
      expect(run.code).toBe(1)
      expect(audit(run)).toContain('TotalRequests Limit exceeded')
    }),
  )

  test('one query that is refused within a composite request fails the list', () =>
    withOrg('documented', async (org) => {
      const refused = [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'insufficient access rights' }]
      const compositeResponse = [0, 1, 2, 3, 4].map((n) =>
        n === 3
          ? { referenceId: `q${n}`, httpStatusCode: 403, body: refused }
          : { referenceId: `q${n}`, httpStatusCode: 200, body: { done: true, records: [] } },
      )
      org.fault({
        when: { path: /\/composite$/ },
        effect: { kind: 'answer', status: 200, body: { compositeResponse } },
      })
      const run = await list(org)
      expect(run.code).toBe(1)
      expect(audit(run)).toContain('insufficient access rights')
    }))

  const refusal = (errorCode: string, message: string) =>
    ({ kind: 'answer', status: 400, body: [{ errorCode, message }] }) as const

  test('an org without territories has all the rest listed', () =>
    withOrg({ territoryManagement: false }, async (org) => {
      const run = await list(org, { PermissionTypes: 'PermissionSetGroup, Territory' }, true)
      expect(run.code).toBe(0)
      expect(names(run)).toEqual(seeded.filter((name) => name.startsWith('Permission set group')))
      expect(run.stderr).toContain('no territories (Territory2 is not enabled)')
    }))

  test.each([
    ['lists the territories', { territoryManagement: true }, undefined],
    ['does not list its objects', { territoryManagement: false }, 500],
    ['lists none at all', { territoryManagement: false }, 200],
  ])('a refused query on territories is an error where the org %s', (_what, dialect, status) =>
    withOrg(dialect, async (org) => {
      const effect = refusal('INVALID_TYPE', "sObject type 'Territory2' is not supported.")
      org.fault({ when: { search: /FROM%20Territory2(%20|$)/ }, effect })
      if (status !== undefined) {
        org.fault({
          when: { path: /\/sobjects$/, times: Infinity },
          effect: { kind: 'answer', status, body: { sobjects: [] } },
        })
      }
      const run = await list(org, { PermissionTypes: 'Territory' }, true)
      expect(run.code).toBe(1)
      expect(audit(run)).toContain('cannot see the territories of the org (Territory2)')
    }),
  )

  test.each(['Profile', 'PermissionSet', 'PermissionSetGroup', 'PermissionSetLicense', 'UserRole', 'Group'])(
    'an integration user that cannot see %s gets an error, because every org has them',
    (object) =>
      withOrg('documented', async (org) => {
        const effect = refusal('INVALID_TYPE', `sObject type '${object}' is not supported.`)
        org.fault({ when: { search: new RegExp(`FROM%20${object}(%20|$)`) }, effect })
        const run = await list(org, {}, true)
        expect(run.code).toBe(1)
        expect(audit(run)).toContain(`(${object})`)
      }),
  )

  test('a field that cannot be seen is an error, not a feature that is off', () =>
    withOrg('documented', async (org) => {
      const effect = refusal('INVALID_FIELD', "No such column 'MasterLabel' on entity 'PermissionSetGroup'.")
      org.fault({ when: { search: /FROM%20PermissionSetGroup/ }, effect })
      const run = await list(org, {}, true)
      expect(run.code).toBe(1)
      expect(audit(run)).toContain('MasterLabel')
    }))

  test('territories are those of the active model', () =>
    withOrg({ territoryManagement: true }, async (org) => {
      const { benelux, nordics } = seedIds.territories
      const [row] = org.org.territories.values()
      if (row === undefined) throw new Error('the seed has no territory')
      const archived = { ...row, Id: makeId('0MI', 9), Name: 'Old', Territory2ModelId: makeId('0MA', 9) }
      org.org.territories.insert(archived)
      const answer = { totalSize: 1, done: true, records: [{ Id: makeId('0MA', 1) }] }
      org.fault({
        when: { search: /FROM%20Territory2Model/ },
        effect: { kind: 'answer', status: 200, body: answer },
      })
      const run = await list(org, { PermissionTypes: 'Territory' }, true)
      expect(referencesOf(run, 'Territory')).toEqual([benelux, nordics])
      expect(names(run)).toEqual(['Territory: Benelux', 'Territory: Nordics'])

      const none = { totalSize: 0, done: true, records: [] }
      org.fault({
        when: { search: /FROM%20Territory2Model/ },
        effect: { kind: 'answer', status: 200, body: none },
      })
      expect(names(await list(org, { PermissionTypes: 'Territory' }, true))).toEqual([])
    }))

  test('a type that does not exist is named, and nothing is sent', () =>
    withOrg('documented', async (org) => {
      const run = await list(org, { PermissionTypes: 'PermissionSet, PermisionSets' })
      expect(run.code).toBe(1)
      expect(audit(run)).toContain('[PermisionSets]')
      expect(org.requests).toEqual([])
    }))

  test('hostile names are names', () =>
    withOrg('documented', async (org) => {
      const labels = [
        `O'Brien "\\" set`,
        '   ',
        `😀${'x'.repeat(300)}`,
        "'; DROP",
        '<b>&amp;</b>',
        '{DisplayName}',
      ]
      addSets(org, labels.length, { label: (n) => labels[n - 1] ?? '' })
      const run = await list(org, { PermissionTypes: 'PermissionSet' })
      expect(referencesOf(run, 'PermissionSet')).toHaveLength(6 + labels.length)
      expect(names(run)).toContain(`Permission set: O'Brien "\\" set`)
      expect(names(run)).toContain('Permission set: Set_2')
      for (const name of names(run)) {
        expect(name.length).toBeLessThanOrEqual(100)
        expect(name).toMatch(/^Permission set: ./)
      }
    }))

  test('two sets with one label are told apart by their API names', () =>
    withOrg('documented', async (org) => {
      addSets(org, 3, { label: (n) => (n === 3 ? 'CONTRACT editor' : 'Contract Editor') })
      const run = await list(org, { PermissionTypes: 'PermissionSet' })
      expect(names(run).filter((name) => /contract editor/i.test(name))).toEqual([
        'Permission set: CONTRACT editor (Set_3)',
        'Permission set: Contract Editor (Contract_Editor)',
        'Permission set: Contract Editor (Set_1)',
        'Permission set: Contract Editor (Set_2)',
      ])
    }))
})

describe('without the REST API', () => {
  const { list, listByScript } = listsOf(flagship)
  const scim = { UseRestApi: false }
  const unlisted = 'permission set groups, permission set licences, feature licences, queues, territories'

  test.each([
    ['documented', 'documented'],
    ['pilot', 'pilot'],
    ['pages of three', { pageCap: 3, emptyEntitlementList: 'empty-body' }],
    ['groups that show queues', { queuesListed: true }],
    ['no attributes parameter', { attributesParameter: 'ignored' }],
  ] as const)('SCIM lists what it knows, and a note names the rest (%s)', (_name, dialect) =>
    withOrg(dialect, async (org) => {
      const run = await list(org, scim)
      expect(run.code).toBe(0)
      expect(names(run)).toEqual([
        ...seeded.filter((name) => name.startsWith('Profile: ')),
        // SCIM shows API names (pilot).
        ...['Console_Agent', 'Contract_Editor', 'Data_Export'].map((name) => `Permission set: ${name}`),
        ...['Platform_Tools', 'Report_Builder', 'Sales_Ops'].map((name) => `Permission set: ${name}`),
        // The pilot lists the aggregates of permission set groups, and nothing over SCIM tells them apart.
        ...(dialect === 'pilot' ? ['Sales_Starter', 'Service_Starter'] : []).map(
          (name) => `Permission set: ${name}_Aggregate`,
        ),
        ...seeded.filter((name) => /^(Role|Public group): /.test(name)),
      ])
      expect(run.stderr).toContain(`SCIM cannot list ${unlisted}`)
      expect(org.requests.filter(({ path }) => path.includes('/services/data/'))).toEqual([])
    }),
  )

  test.each([
    [199, 'documented', 0],
    [200, 'documented', 1],
    [201, 'documented', 1],
    [500, 'documented', 1],
    // Exactly as many as a capped list would have: nothing shows which it is.
    [200, 'pilot', 1],
    [201, 'pilot', 0],
    [500, 'pilot', 0],
    [2300, 'pilot', 0],
  ] as const)('%d entitlements in an org that speaks %s: exit %d', (count, dialect, code) =>
    withOrg(dialect, async (org) => {
      addSets(org, count - (dialect === 'pilot' ? 17 : 15))
      const run = await list(org, { ...scim, PermissionTypes: 'Profile, PermissionSet' })
      expect(run.code).toBe(code)
      if (code === 0) expect(run.output.Permissions).toHaveLength(count)
      else expect(audit(run)).toMatch(/200, which is the most that it lists.*set Configuration\.UseRestApi/)
    }),
  )

  test('a list whose paging is refused fails, and says how to have it complete', () =>
    withOrg('pilot', async (org) => {
      addSets(org, 300)
      const detail = { detail: 'Illegal startIndex value: 201', schemas: ['x'], status: 400 }
      org.fault({
        when: { path: /\/Entitlements$/, search: /startIndex=201/ },
        effect: { kind: 'answer', status: 400, body: detail },
      })
      const run = await list(org, scim)
      expect(run.code).toBe(1)
      expect(audit(run)).toMatch(/200, and refused to go on.*set Configuration\.UseRestApi/)
    }))

  test('a large list in an org that cannot go on after an id fails in the same way', () =>
    withOrg({ entitlementList: 'paged', idFilter: 'rejected' }, async (org) => {
      addSets(org, 2300)
      const run = await listByScript(org, scim)
      expect(run.code).toBe(1)
      expect(audit(run)).toMatch(/refused to go on.*set Configuration\.UseRestApi/)
    }))

  test('a list that ends before its total fails', () =>
    withOrg('pilot', async (org) => {
      const Resources = [{ id: makeId('00E', 1), displayName: 'CEO' }]
      const page = (resources: readonly unknown[]) =>
        ({ kind: 'answer', status: 200, body: { totalResults: 7, Resources: resources } }) as const
      org.fault({ when: { path: /\/Roles$/ }, effect: page(Resources) })
      org.fault({ when: { path: /\/Roles$/, occurrence: 2 }, effect: page([]) })
      const run = await list(org, scim)
      expect(run.code).toBe(1)
      expect(audit(run)).toMatch(/SCIM lists roles: 1 of 7\. .*set Configuration\.UseRestApi/)
    }))

  test('a server that gives the same page for ever fails the list at once', () =>
    withOrg('pilot', async (org) => {
      const body = { totalResults: 7, Resources: [{ id: makeId('00E', 1), displayName: 'CEO' }] }
      org.fault({
        when: { path: /\/Roles$/, times: Number.POSITIVE_INFINITY },
        effect: { kind: 'answer', status: 200, body },
      })
      const run = await list(org, { ...scim, PermissionTypes: 'Role' })
      expect(run.code).toBe(1)
      expect(audit(run)).toContain('set Configuration.UseRestApi')
      expect(org.requests.length).toBe(3)
    }))

  test('a host that wants only what SCIM cannot list gets an error, and nothing is sent', () =>
    withOrg('documented', async (org) => {
      const run = await list(org, { ...scim, PermissionTypes: 'PermissionSetGroup, Queue' })
      expect(run.code).toBe(1)
      expect(audit(run)).toContain(
        'SCIM cannot list permission set groups, queues: set Configuration.UseRestApi',
      )
      expect(org.requests).toEqual([])
    }))

  test('a part that fails fails the list', () =>
    withOrg('documented', async (org) => {
      org.fault({ when: { path: /\/Groups$/ }, effect: faultEffects.dailyLimit() })
      const run = await list(org, scim)
      expect(run.code).toBe(1)
      expect(audit(run)).toContain('TotalRequests Limit exceeded')
    }))
})

describe('the list as such', () => {
  const offer = (Reference: string, name: string, apiName = '', Type: PermissionType = 'PermissionSet') =>
    ({ Reference, Type, name, apiName }) satisfies Grantable
  const shown = (...offered: Grantable[]): string[] =>
    toPermissions(offered).map(({ DisplayName }) => DisplayName)

  test('names are in the order of code points, not of UTF-16', () => {
    // U+FF21 comes before U+1F600, of which the first half in UTF-16, U+D83D, comes before U+FF21.
    expect(shown(offer('4', '😀'), offer('3', 'Ａ'), offer('2', 'a'), offer('1', 'B'))).toEqual([
      'Permission set: B',
      'Permission set: a',
      'Permission set: Ａ',
      'Permission set: 😀',
    ])
  })

  test('names that are equal when they are cut are told apart as well', () => {
    const long = 'x'.repeat(90)
    expect(shown(offer('1', `${long}1`, 'One'), offer('2', `${long}2`, 'Two'))).toEqual([
      `Permission set: ${'x'.repeat(77)}… (One)`,
      `Permission set: ${'x'.repeat(77)}… (Two)`,
    ])
  })

  test('an API name that leaves no room for the name, or that two have, gives way to the id', () => {
    const api = 'A'.repeat(80)
    expect(shown(offer('0PS1', 'Same', api), offer('0PS2', 'Same', 'Short'))).toEqual([
      'Permission set: Same (0PS1)',
      'Permission set: Same (Short)',
    ])
    expect(shown(offer('0PS1', 'Same', 'Twice'), offer('0PS2', 'Same', 'Twice'))).toEqual([
      'Permission set: Same (0PS1)',
      'Permission set: Same (0PS2)',
    ])
  })

  test('a name that looks like another with its API name does not pass for it', () => {
    const list = shown(
      offer('1', 'Same', 'Api'),
      offer('2', 'Same', 'Other'),
      offer('3', 'Same (Api)', 'Third'),
    )
    expect(list).toEqual([
      'Permission set: Same (1)',
      'Permission set: Same (Other)',
      'Permission set: Same (Api) (Third)',
    ])
  })

  test('any list has names that are unique, short and in whole characters, in an order that is always the same', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc.constantFrom('', 'Same', 'same', 'Same (Api)', `${'😀'.repeat(60)}`),
    )
    const item = fc.record({
      Type: fc.constantFrom(...permissionTypeNames),
      name: text,
      apiName: fc.oneof(text, fc.constantFrom('Api', 'Other')),
    })
    fc.assert(
      fc.property(fc.array(item, { maxLength: 40 }), fc.integer(), (items, turn) => {
        const offered = items.map((each, n) => ({ ...each, Reference: makeId('0PS', n) }))
        const listed = toPermissions(offered)
        const displayed = listed.map(({ DisplayName }) => DisplayName)
        expect(new Set(displayed.map((name) => name.toLowerCase())).size).toBe(items.length)
        for (const name of displayed) {
          expect(name.length).toBeLessThanOrEqual(100)
          // Throws for half a surrogate pair.
          expect(encodeURIComponent(name)).not.toBe('')
        }
        const middle = items.length === 0 ? 0 : Math.abs(turn) % items.length
        expect(toPermissions([...offered.slice(middle), ...offered.slice(0, middle)])).toEqual(listed)
      }),
    )
  })
})

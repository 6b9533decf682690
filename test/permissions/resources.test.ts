import { developerNameOf } from '../../shared/lifecycle/permissions/resources/resource.ts'
import { resourceNames } from '../../shared/lifecycle/permissions/resources/resourceName.ts'
import { faultEffects } from '../../simulator/faults/faults.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { asBuilt, type Connector, connectors, flagship, inProcess, type Perform } from '../connectors.ts'
import { audit, type Run } from '../process.ts'

interface Given {
  readonly settings?: Readonly<Record<string, unknown>>
  readonly dryRun?: boolean
  /** In place of `{ SourceData }`. */
  readonly resourceContext?: unknown
}

type Create = (org: SimulatedOrg, SourceData: unknown, given?: Given) => Promise<Run>

/** Runs a connector's resources of an org, within this process or by its built script, and holds what every run has to keep. */
function runnersOf(connector: Connector): { readonly create: Create; readonly createByScript: Create } {
  const by =
    (perform: Perform): Create =>
    (org, SourceData, given = {}) =>
      created(perform, org, SourceData, given)
  return { create: by(inProcess(connector)), createByScript: by(asBuilt(connector)) }
}

async function created(perform: Perform, org: SimulatedOrg, SourceData: unknown, given: Given): Promise<Run> {
  const { settings, dryRun = false, resourceContext = { SourceData } } = given
  org.clearRequests()
  const Configuration = {
    BaseUrl: org.url,
    AuthenticationFlow: 'client_credentials',
    ClientID: seedCredentials.clientId,
    ClientSecret: seedCredentials.clientSecret,
    ...settings,
  }
  const run = await perform('resources', {
    actionContext: { DryRun: dryRun, Configuration },
    resourceContext,
  })
  expect(run.stdout).toMatch(/^\{.*\}\n$/)
  expect(run.code).toBe(run.output.Success === true ? 0 : 1)
  const lines = run.output.AuditLogs ?? []
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.some(({ IsError }) => IsError)).toBe(run.output.Success === false)
  expect(lines.every(({ Action }) => Action === 'CreateResource')).toBe(true)
  if (dryRun) expect(org.writes()).toEqual([])
  return run
}

async function withOrg(test: (org: SimulatedOrg) => Promise<void>): Promise<void> {
  const org = await startSimulator()
  try {
    await test(org)
    expect(org.unfiredFaults()).toEqual([])
  } finally {
    await org.close()
  }
}

const groupNames = (org: SimulatedOrg): string[] =>
  [...org.org.groups.values()].filter(({ Type }) => Type === 'Regular').map(({ Name }) => Name)

const seededGroups = ['EMEA Sales Team', 'Contract Reviewers', 'All Managers']
const departments = [
  { ExternalId: 'SAL', DisplayName: 'Sales' },
  { ExternalId: 'MKT', DisplayName: 'Marketing' },
]

const withoutRest: readonly [string, Given, string][] = [
  ['no REST API', { settings: { UseRestApi: false } }, 'SCIM cannot create a public group: set'],
  [
    'no REST API, for roles',
    { settings: { UseRestApi: false, ResourceType: 'Role' } },
    'SCIM cannot create a role: set Configuration.UseRestApi',
  ],
]

describe.each(connectors)('%s', (connector) => {
  const { create, createByScript } = runnersOf(connector)

  describe('public groups', () => {
    test('those that the org lacks are created, with a line for each, and the others counted', () =>
      withOrg(async (org) => {
        const run = await createByScript(org, [
          ...departments,
          { ExternalId: 'E', DisplayName: 'emea sales team' },
        ])
        expect(run.code).toBe(0)
        expect(groupNames(org)).toEqual([...seededGroups, 'Sales', 'Marketing'])
        const made = [...org.org.groups.values()].filter(({ Name }) => !seededGroups.includes(Name))
        const ids = new Map(made.map(({ Name, Id }) => [Name, Id]))
        expect(run.output.AuditLogs?.map(({ Message }) => Message)).toEqual([
          `Create public group [Sales] was successful. Reference is: [${ids.get('Sales')}]`,
          `Create public group [Marketing] was successful. Reference is: [${ids.get('Marketing')}]`,
          'Skipped 1 of 3 public groups. Reason: they exist already',
        ])
        expect(org.org.groups.get(ids.get('Sales') ?? '')).toMatchObject({
          DeveloperName: 'Sales',
          Type: 'Regular',
        })
        // Sign in, look, write.
        expect(org.requests.length).toBe(3)
      }))

    test('a second run writes nothing', () =>
      withOrg(async (org) => {
        await createByScript(org, departments)
        const before = groupNames(org)
        const run = await createByScript(org, departments)
        expect(run.code).toBe(0)
        expect(audit(run)).toBe('Skipped 2 of 2 public groups. Reason: they exist already')
        expect(org.writes()).toEqual([])
        expect(groupNames(org)).toEqual(before)
      }))

    test('a value that comes twice, or in another case, is created once', () =>
      withOrg(async (org) => {
        const run = await create(org, ['Finance', 'finance ', 'FINANCE', 'Finance'])
        expect(run.code).toBe(0)
        expect(groupNames(org)).toEqual([...seededGroups, 'Finance'])
      }))

    test('a dry run says what would be created', () =>
      withOrg(async (org) => {
        const run = await createByScript(org, ['Finance', 'All Managers'], { dryRun: true })
        expect(run.code).toBe(0)
        expect(run.output.AuditLogs?.map(({ Message }) => Message)).toEqual([
          '[DryRun] Would create public group [Finance]',
          'Skipped 1 of 2 public groups. Reason: they exist already',
        ])
        expect(groupNames(org)).toEqual(seededGroups)
      }))

    test('a queue of the same name is no public group', () =>
      withOrg(async (org) => {
        const run = await create(org, ['Support Queue'])
        expect(run.code).toBe(0)
        expect(groupNames(org)).toContain('Support Queue')
      }))

    test('hostile names are created as they are, and found again', () =>
      withOrg(async (org) => {
        const hostile = [
          `O'Brien`,
          'a\\',
          `"quoted"`,
          `\\' OR Name != '`,
          '50% _off_',
          '日本支社',
          '1st Line',
          '{x}',
        ]
        expect((await createByScript(org, hostile)).code).toBe(0)
        expect(groupNames(org)).toEqual([...seededGroups, ...hostile])
        for (const { DeveloperName } of org.org.groups.values()) {
          expect(DeveloperName).toMatch(/^[A-Za-z](_?[A-Za-z0-9])*$/)
        }
        await createByScript(org, hostile)
        expect(org.writes()).toEqual([])
      }))

    test('a name that is too long is refused and not cut, and the others are created', () =>
      withOrg(async (org) => {
        const run = await create(org, ['x'.repeat(300), 'y'.repeat(41), 'z'.repeat(40), 'Finance'])
        expect(run.code).toBe(1)
        expect(groupNames(org)).toEqual([...seededGroups, 'z'.repeat(40), 'Finance'])
        const errors = run.output.AuditLogs?.filter(({ IsError }) => IsError) ?? []
        expect(errors).toHaveLength(2)
        expect(errors[0]?.Message).toContain('has 300 characters and may have 40')
        expect(errors[0]?.Message).toContain('{ExternalId}')
      }))

    test('names that make the same developer name both get a group', () =>
      withOrg(async (org) => {
        const run = await create(org, ['Sales & Ops', 'Sales / Ops', 'Sales-Ops'])
        expect(run.code).toBe(0)
        expect(groupNames(org)).toEqual([...seededGroups, 'Sales & Ops', 'Sales / Ops', 'Sales-Ops'])
      }))

    test('a group that was renamed keeps its developer name, and the name gets a new group', () =>
      withOrg(async (org) => {
        const group = org.org.groups.get(seedIds.groups.allManagers)
        if (group === undefined) throw new Error('the seed has no group of managers')
        org.org.groups.update(group, { Name: 'Leadership' })
        const run = await create(org, ['All Managers'])
        expect(run.code).toBe(0)
        expect(groupNames(org)).toEqual([
          'EMEA Sales Team',
          'Contract Reviewers',
          'Leadership',
          'All Managers',
        ])
      }))

    test('one that fails does not keep the others from being created', () =>
      withOrg(async (org) => {
        const body = [
          { id: '00G5g000002AbCdEAK', success: true, errors: [] },
          {
            success: false,
            errors: [
              { statusCode: 'DUPLICATE_DEVELOPER_NAME', message: 'taken by a deleted group', fields: [] },
            ],
          },
        ]
        org.fault({
          when: { method: 'POST', path: /\/composite\/sobjects$/ },
          effect: { kind: 'answer', status: 200, body },
        })
        const run = await create(org, departments)
        expect(run.code).toBe(1)
        expect(run.output.AuditLogs).toEqual([
          {
            Action: 'CreateResource',
            Message: 'Create public group [Sales] was successful. Reference is: [00G5g000002AbCdEAK]',
            IsError: false,
          },
          {
            Action: 'CreateResource',
            Message:
              'Could not create public group [Marketing]. Error: taken by a deleted group (DUPLICATE_DEVELOPER_NAME)',
            IsError: true,
          },
        ])
      }))

    test('a request that fails as a whole has a line for each, and the next 200 are still tried', () =>
      withOrg(async (org) => {
        org.fault({
          when: { method: 'POST', path: /\/composite\/sobjects$/ },
          effect: faultEffects.dailyLimit(),
        })
        const values = Array.from({ length: 250 }, (_, n) => `Department ${n}`)
        const run = await createByScript(org, values)
        expect(run.code).toBe(1)
        const lines = run.output.AuditLogs ?? []
        expect(lines.filter(({ IsError }) => IsError)).toHaveLength(200)
        expect(lines.filter(({ IsError }) => !IsError)).toHaveLength(50)
        expect(groupNames(org)).toHaveLength(53)
      }))

    test('a lost answer is not sent again; the next run finds what was created', () =>
      withOrg(async (org) => {
        org.fault({
          when: { method: 'POST', path: /\/composite\/sobjects$/ },
          effect: { kind: 'commit-then-reset' },
        })
        const run = await createByScript(org, departments)
        expect(run.code).toBe(1)
        expect(audit(run)).toContain('whether it was created is not known')
        expect(org.writes()).toHaveLength(1)
        const again = await createByScript(org, departments)
        expect(again.code).toBe(0)
        expect(org.writes()).toEqual([])
        expect(groupNames(org)).toEqual([...seededGroups, 'Sales', 'Marketing'])
      }))

    test('a look-up that fails creates nothing', () =>
      withOrg(async (org) => {
        org.fault({ when: { path: /\/query$/ }, effect: faultEffects.dailyLimit() })
        const run = await create(org, departments)
        expect(run.code).toBe(1)
        expect(audit(run)).toContain('Could not create Salesforce resources. Error: TotalRequests')
        expect(org.writes()).toEqual([])
      }))

    test('many values take a look-up for each hundred and a write for each two hundred', () =>
      withOrg(async (org) => {
        const values = Array.from({ length: 1000 }, (_, n) => `Department ${n}`)
        const run = await create(org, values)
        expect(run.code).toBe(0)
        expect(groupNames(org)).toHaveLength(1003)
        expect(org.writes()).toHaveLength(5)
        expect(org.requests.length).toBeLessThanOrEqual(1 + 10 + 5)
        await create(org, values)
        expect(org.writes()).toEqual([])
      }))

    test('long names in many bytes are looked up in addresses that a server takes', () =>
      withOrg(async (org) => {
        const values = Array.from({ length: 100 }, (_, n) => `${'語'.repeat(36)}${n}`)
        expect((await create(org, values)).code).toBe(0)
        expect(Math.max(...org.requests.map(({ search }) => search.length))).toBeLessThan(8000)
        await create(org, values)
        expect(org.writes()).toEqual([])
      }))
  })

  describe('roles', () => {
    test('are created where that is configured, at the top of the hierarchy', () =>
      withOrg(async (org) => {
        const settings = { ResourceType: 'Role' }
        const run = await createByScript(org, ['CEO', 'Finance', 'x'.repeat(80)], { settings })
        expect(run.code).toBe(0)
        const role = [...org.org.userRoles.values()].find(({ Name }) => Name === 'Finance')
        expect(role).toMatchObject({ DeveloperName: 'Finance', ParentRoleId: null })
        expect(audit(run)).toContain('Create role [Finance] was successful')
        expect(audit(run)).toContain('Skipped 1 of 3 roles')
        expect(groupNames(org)).toEqual(seededGroups)
        await createByScript(org, ['CEO', 'Finance'], { settings })
        expect(org.writes()).toEqual([])
      }))
  })

  describe('what a host or an administrator gets wrong', () => {
    test.each<[string, Given, string]>([
      ['no SourceData', { resourceContext: {} }, 'resourceContext.SourceData is missing'],
      ['SourceData that is null', { resourceContext: { SourceData: null } }, 'SourceData is missing'],
      [
        'another type of resource',
        { settings: { ResourceType: 'Queue' } },
        'must be one of PublicGroup, Role',
      ],
      [
        'a rule without a placeholder',
        { settings: { ResourceNamingRule: 'DisplayName' } },
        'names nothing of the',
      ],
      [
        'a placeholder that there is not',
        { settings: { ResourceNamingRule: '{DisplayNam}' } },
        '{DisplayName} meant',
      ],
      ['half a pair of braces', { settings: { ResourceNamingRule: '{Name} {' } }, 'without its other half'],
      ...(connector === flagship ? withoutRest : []),
    ])('%s: a sentence, and nothing is sent', (_name, given, says) =>
      withOrg(async (org) => {
        const run = await create(org, departments, given)
        expect(run.code).toBe(1)
        expect(audit(run)).toContain(says)
        expect(org.requests).toEqual([])
      }),
    )

    test('members are read whatever their case, and a single value is a list of one', () =>
      withOrg(async (org) => {
        const run = await create(org, [], { resourceContext: { sourcedata: { displayname: 'Legal' } } })
        expect(run.code).toBe(0)
        expect(groupNames(org)).toContain('Legal')
      }))

    test('no values are nothing to do', () =>
      withOrg(async (org) => {
        for (const values of [[], [null, '', '  ', { ExternalId: null, DisplayName: null }]]) {
          const run = await create(org, values)
          expect(run.code).toBe(0)
          expect(audit(run)).toContain('the source data has no values')
          expect(org.requests).toEqual([])
        }
      }))
  })
})

describe('the naming rule', () => {
  const names = (values: readonly unknown[], rule: string) => resourceNames(values, rule, 40).names

  test.each([
    ['{DisplayName}', 'Sales'],
    ['{displayname}', 'Sales'],
    ['{Name}', 'Sales'],
    ['{value}', 'Sales'],
    ['{ExternalId}', 'SAL'],
    ['SF {DisplayName} ({ExternalId})', 'SF Sales (SAL)'],
    ['{ExternalId}{DisplayName}', 'SALSales'],
  ])('%s makes %s of a department', (rule, name) => {
    expect(names([{ ExternalId: 'SAL', DisplayName: 'Sales' }], rule)).toEqual([name])
  })

  test('titles have a name and a code where departments have a display name', () => {
    const title = { ExternalId: 'AM', Code: 'A1', Name: 'Account Manager' }
    expect(names([title], '{DisplayName}')).toEqual(['Account Manager'])
    expect(names([title], '{Code}')).toEqual(['A1'])
    expect(names([{ ExternalId: 'AM', Name: null }], '{value}')).toEqual(['AM'])
  })

  test('a value that is no object stands for every placeholder', () => {
    expect(names(['Sales', 4100], '{DisplayName}')).toEqual(['Sales', '4100'])
    expect(names(['Sales'], 'SF_{ExternalId}')).toEqual(['SF_Sales'])
  })

  test('a value that holds braces is not taken for a rule', () => {
    expect(names(['{ExternalId}'], 'SF {value}')).toEqual(['SF {ExternalId}'])
  })

  test('a value without what the rule names is told, and the others are named', () => {
    const { names: named, nameless } = resourceNames([{ DisplayName: 'Sales' }, 'x', ['y']], '{Code}', 40)
    expect(named).toEqual(['x'])
    expect(nameless).toEqual([
      { shown: 'Sales', reason: 'it lacks what ResourceNamingRule {Code} names' },
      { shown: '["y"]', reason: 'it lacks what ResourceNamingRule {Code} names' },
    ])
  })

  test('characters are counted as people do', () => {
    expect(names(['😀'.repeat(40)], '{value}')).toEqual(['😀'.repeat(40)])
    expect(names(['😀'.repeat(41)], '{value}')).toEqual([])
  })
})

test.each([
  ['Sales', 'Sales'],
  ['Verkoop België', 'Verkoop_Belgie'],
  ['  a  --  b  ', 'a_b'],
  ['1st Line', 'R_1st_Line'],
  ['x'.repeat(100), 'x'.repeat(80)],
])('%s has the developer name %s', (name, developerName) => {
  expect(developerNameOf(name)).toBe(developerName)
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fillIn } from '../../shared/lifecycle/permissions/subPermissions/contractField.ts'
import {
  type CurrentEntry,
  type Desired,
  isSamePermission,
  keyOf,
} from '../../shared/lifecycle/permissions/subPermissions/subPermission.ts'
import { planSubPermissions } from '../../shared/lifecycle/permissions/subPermissions/subPermissionPlan.ts'
import {
  type SubPermissionSettings,
  wantedPermissions,
} from '../../shared/lifecycle/permissions/subPermissions/subPermissionRules.ts'
import type { PermissionReference } from '../../shared/lifecycle/permissions/access/permission.ts'
import { makeId } from '../../simulator/org/ids.ts'

const sales = {
  Department: { ExternalId: 'SAL', DisplayName: 'Sales' },
  Title: { Code: 'AM' },
  Details: { Fte: 0.8 },
  Custom: { team: 'North' },
  Context: { InConditions: true },
}
const service = { Department: { ExternalId: 'SVC' }, Context: { InConditions: true } }
const past = { Department: { ExternalId: 'OLD' }, Context: { InConditions: false } }
const none: SubPermissionSettings = {
  field: undefined,
  mapping: undefined,
  namingRule: undefined,
  type: undefined,
}

const wanted = (
  settings: Partial<SubPermissionSettings>,
  contracts: readonly Record<string, unknown>[] = [sales],
  takesAll = false,
): string[] =>
  wantedPermissions({ ...none, ...settings }, contracts, takesAll).map(
    ({ Type, by, value }) => `${Type} ${by} ${value}`,
  )

const set = makeId('0PS', 1)

describe('a mapping', () => {
  const field = 'Department.ExternalId'

  test.each<[string, SubPermissionSettings['mapping']]>([
    ['pairs', 'SAL = Sales_Ops, Report_Builder; SVC = Other'],
    ['pairs on lines of their own', '\nSAL=Sales_Ops,Report_Builder\nSVC=Other\n'],
    ['pairs in another case', 'sal = Sales_Ops, Report_Builder'],
    ['a value in two pairs', 'SAL = Sales_Ops; SAL = Report_Builder'],
    ['a JSON text', '{"SAL": ["Sales_Ops", "Report_Builder"]}'],
    ['an object', { SAL: ['Sales_Ops', 'Report_Builder'] }],
  ])('may be %s', (_form, mapping) => {
    expect(wanted({ field, mapping })).toEqual([
      'PermissionSet name Sales_Ops',
      'PermissionSet name Report_Builder',
    ])
  })

  test('in JSON may name permissions with commas', () => {
    expect(wanted({ field, mapping: { SAL: 'Sales, EMEA' } })).toEqual(['PermissionSet name Sales, EMEA'])
  })

  test('may depend on several fields', () => {
    const settings = { field: '{Department.ExternalId}-{Title.Code}', mapping: 'SAL-AM = Sales_Ops' }
    expect(wanted(settings)).toEqual(['PermissionSet name Sales_Ops'])
  })

  test.each([
    [set, `PermissionSet id ${set}`],
    [set.slice(0, 15), `PermissionSet id ${set.slice(0, 15)}`],
    [`PermissionSet:${set}`, `PermissionSet id ${set}`],
    ['permissionsetgroup : Sales Starter', 'PermissionSetGroup name Sales Starter'],
    [makeId('00E', 3), `Role id ${makeId('00E', 3)}`],
    [makeId('00G', 3), `PublicGroup id ${makeId('00G', 3)}`],
    [`Queue:${makeId('00G', 4)}`, `Queue id ${makeId('00G', 4)}`],
    ['UserPermissionsMarketingUser', 'FeatureLicense id UserPermissionsMarketingUser'],
    ['SalesManagersNL', 'PermissionSet name SalesManagersNL'],
    ['Team: North', 'PermissionSet name Team: North'],
  ])('takes %s for %s', (text, expected) => {
    expect(wanted({ field, mapping: { SAL: text } })).toEqual([expected])
  })

  test('takes a name for the type that is set, and an id of a group for a queue where queues are', () => {
    expect(wanted({ field, mapping: 'SAL = EMEA Sales', type: 'role' })).toEqual(['Role name EMEA Sales'])
    expect(wanted({ field, mapping: { SAL: makeId('00G', 4) }, type: 'Queue' })).toEqual([
      `Queue id ${makeId('00G', 4)}`,
    ])
  })

  test('gives what each contract in conditions gives, once, and nothing for the others', () => {
    const mapping = 'SAL = One, Two; SVC = Two, Three; OLD = Four'
    const all = ['PermissionSet name One', 'PermissionSet name Two', 'PermissionSet name Three']
    expect(wanted({ field, mapping }, [sales, past, service])).toEqual(all)
    expect(wanted({ field, mapping }, [past])).toEqual([])
    expect(wanted({ field, mapping }, [past], true)).toEqual(['PermissionSet name Four'])
    expect(wanted({ field, mapping }, [])).toEqual([])
  })

  test('finds members whatever their case', () => {
    const contract = { department: { EXTERNALID: ' SAL ' }, context: { inconditions: 'True' } }
    expect(wanted({ field, mapping: 'SAL = One' }, [contract])).toEqual(['PermissionSet name One'])
  })
})

describe('a naming rule', () => {
  test('is filled in with the fields of the contract', () => {
    expect(wanted({ namingRule: 'HelloID_{Department.DisplayName}_{ Title.Code }' })).toEqual([
      'PermissionSet name HelloID_Sales_AM',
    ])
    expect(wanted({ namingRule: 'Fte_{Details.Fte}_{Custom.team}', type: 'PermissionSetGroup' })).toEqual([
      'PermissionSetGroup name Fte_0.8_North',
    ])
  })

  test('gives nothing for a contract in which a field is empty', () => {
    expect(wanted({ namingRule: 'HelloID_{Title.Code}' }, [service, sales])).toEqual([
      'PermissionSet name HelloID_AM',
    ])
    expect(fillIn('{Title.Code}', { Title: { Code: null } })).toBeUndefined()
  })

  test('and a mapping are both followed', () => {
    const settings = { field: 'Department.ExternalId', mapping: 'SAL = One', namingRule: 'Two' }
    expect(wanted(settings)).toEqual(['PermissionSet name One', 'PermissionSet name Two'])
  })
})

test.each<[string, Partial<SubPermissionSettings>]>([
  ['set Configuration.SubPermissionField and SubPermissionMapping, or SubPermissionNamingRule', {}],
  ['belong together', { field: 'Department.ExternalId' }],
  ['belong together', { mapping: 'SAL = One' }],
  ['is PermissionSet meant?', { namingRule: 'One', type: 'PermisionSet' }],
  ['expected one of Profile', { namingRule: 'One', type: 'Spaceship' }],
  [
    'SubPermissionField names [Departement.ExternalId]',
    { field: 'Departement.ExternalId', mapping: 'SAL = One' },
  ],
  ['is Department.ExternalId meant?', { field: 'Departement.ExternalId', mapping: 'SAL = One' }],
  ['SubPermissionNamingRule names [Titel.Code]', { namingRule: 'X_{Titel.Code}' }],
  ['a brace that is not closed', { namingRule: 'X_{Title.Code' }],
  ['[Department] of a contract has parts', { field: 'Department', mapping: 'SAL = One' }],
  ['must hold pairs such as', { field: 'Title.Code', mapping: 'SAL' }],
  ['must hold pairs such as', { field: 'Title.Code', mapping: 'SAL = ' }],
  ['must hold pairs such as', { field: 'Title.Code', mapping: ' = One' }],
  ['must hold pairs such as', { field: 'Title.Code', mapping: '{"SAL": 7}' }],
  ['must hold pairs such as', { field: 'Title.Code', mapping: '{"SAL": [' }],
  ['must hold pairs such as', { field: 'Title.Code', mapping: { SAL: ['', 'One'] } }],
  ['is not a feature licence', { field: 'Title.Code', mapping: 'AM = One', type: 'FeatureLicense' }],
])('a rule that cannot be right is refused: %s', (sentence, settings) => {
  expect(() => wanted(settings)).toThrow(sentence)
})

test('the example in docs/permissions.md gives what it says there', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'permissions.md'), 'utf8')
  const [, example = ''] = /<!-- sub-permissions: .*?```json\n(.*?)```/s.exec(page) ?? []
  const given = JSON.parse(example) as Record<string, string>
  const settings = {
    field: given['SubPermissionField'],
    mapping: given['SubPermissionMapping'],
    namingRule: given['SubPermissionNamingRule'],
  }
  expect(wanted(settings, [sales])).toEqual([
    'PermissionSet name Sales_Ops',
    'PublicGroup name EMEA Sales Team',
    'PermissionSet name HelloID_AM',
  ])
  expect(wanted(settings, [{ ...service, Title: { Code: 'AM' } }])).toEqual([
    'PermissionSetGroup name Service_Starter',
    'PermissionSet name HelloID_AM',
  ])
})

test('a field that only the host at hand knows is taken as it is', () => {
  const contract = { ...sales, Building: { Floor: '3' } }
  expect(wanted({ namingRule: 'Floor_{Building.Floor}' }, [contract, service])).toEqual([
    'PermissionSet name Floor_3',
  ])
  expect(() => wanted({ namingRule: 'Floor_{Building.Flor}' }, [contract])).toThrow('[Building.Flor]')
})

describe('the difference', () => {
  const permission = (Type: PermissionReference['Type'], Reference: string): PermissionReference => ({
    Type,
    Reference,
  })
  const current = (...held: PermissionReference[]): CurrentEntry[] =>
    held.map((each) => ({
      entry: { DisplayName: keyOf(each), Reference: { Id: keyOf(each) } },
      permission: each,
    }))
  const desired = (...items: PermissionReference[]): Desired[] =>
    items.map((each) => ({ permission: each, displayName: keyOf(each) }))
  const plan = (held: PermissionReference[], items: PermissionReference[]) => {
    const { grants, revokes, problems } = planSubPermissions(current(...held), desired(...items))
    return {
      grants: grants.map((item) => keyOf(item.permission)),
      revokes: revokes.map(({ entry }) => entry.Reference.Id),
      problems: problems.map(({ name, reason }) => `${name}: ${reason}`),
    }
  }
  const [one, two, three] = [1, 2, 3].map((n) => permission('PermissionSet', makeId('0PS', n)))
  const [ceo, svp] = [1, 2].map((n) => permission('Role', makeId('00E', n)))
  const license = permission('PermissionSetLicense', makeId('0PL', 1))
  const profile = permission('Profile', makeId('00e', 1))
  if (
    one === undefined ||
    two === undefined ||
    three === undefined ||
    ceo === undefined ||
    svp === undefined
  ) {
    throw new Error('five permissions were expected')
  }

  test('of equal sets is empty, in any order and with ids of either length', () => {
    const short = permission('PermissionSet', one.Reference.slice(0, 15))
    expect(plan([one, two], [two, short, one])).toEqual({ grants: [], revokes: [], problems: [] })
  })

  test('is what is new and what is no more', () => {
    expect(plan([one, two], [two, three])).toEqual({
      grants: [keyOf(three)],
      revokes: [keyOf(one)],
      problems: [],
    })
  })

  test('grants first what others need, and revokes it last', () => {
    expect(plan([], [one, license, profile]).grants).toEqual([profile, license, one].map(keyOf))
    expect(plan([license, one, profile], []).revokes).toEqual([one, license, profile].map(keyOf))
  })

  test('has one role: the one that is held, else the first; another one is a problem', () => {
    expect(plan([], [ceo, svp]).grants).toEqual([keyOf(ceo)])
    expect(plan([svp], [ceo, svp])).toEqual({
      grants: [],
      revokes: [],
      problems: [
        `${keyOf(ceo)}: the contracts give more than one role, and an account has one: [${keyOf(svp)}] was chosen`,
      ],
    })
    expect(plan([svp], [ceo])).toEqual({ grants: [keyOf(ceo)], revokes: [keyOf(svp)], problems: [] })
  })

  test('of a hundred is carried out, of more refused', () => {
    const many = Array.from({ length: 101 }, (_, n) => permission('PermissionSet', makeId('0PS', n)))
    expect(plan([], many.slice(1)).grants).toHaveLength(100)
    expect(() => plan([], many)).toThrow('101 sub-permissions, and the host takes 100 at most')
  })

  test('tells features apart by their whole names', () => {
    const [marketing, mobile] = ['UserPermissionsMarketingUser', 'UserPermissionsMobileUser'].map((name) =>
      permission('FeatureLicense', name),
    )
    if (marketing === undefined || mobile === undefined) throw new Error('two features were expected')
    expect(isSamePermission(marketing, mobile)).toBe(false)
    expect(plan([marketing], [mobile])).toEqual({
      grants: [keyOf(mobile)],
      revokes: [keyOf(marketing)],
      problems: [],
    })
  })
})

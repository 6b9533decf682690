import { join } from 'node:path'
import { stateOf } from '../../reliability/orgState.ts'
import { inPool } from '../../reliability/pool.ts'
import { runAction } from '../../reliability/scriptProcess.ts'
import { inRestWords } from '../../reliability/scenarios/restFieldNames.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type RecordedRequest, type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { connectors, flagship } from '../connectors.ts'
import { root } from '../process.ts'

const folderOf = (connector: string): string => join(root, 'dist', connector)

const hostile = [
  `x" or userName pr or externalId eq "`,
  `' OR Id != '`,
  `\\' OR Name LIKE '%`,
  `\\`,
  `a"&startIndex=0&count=1#`,
  `../../services/data/v66.0/sobjects/User`,
  `%22%20or%20id%20pr`,
  `100% + 1 ; -- ?`,
  `line\nbreak`,
  `Zoë 😀 \u202e`,
]

let org: SimulatedOrg
beforeAll(async () => {
  org = await startSimulator()
})
afterAll(() => org.close())

async function run(
  action: string,
  context: object,
  more: object = {},
  settings: object = {},
  connector: string = flagship,
) {
  const first = org.requests.length
  const actionContext = {
    DryRun: true,
    Configuration: {
      BaseUrl: org.url,
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
      ...settings,
    },
    ...context,
  }
  const ended = await runAction(folderOf(connector), action, { actionContext, ...more })
  return { ended, requests: org.requests.slice(first) }
}

/** The literal of a filter of one comparison; throws when it is anything else than that. */
function filterValue(filter: string): string {
  const match = /^[\w.:-]+ (?:eq|gt) ("(?:[^"\\]|\\.)*")$/s.exec(filter)
  if (match === null) throw new Error(`not one comparison: ${filter}`)
  return JSON.parse(match[1] ?? '') as string
}

const unescaped: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** The literals of a query; throws when what is around them is more than names and operators. */
function soqlValues(soql: string): string[] {
  const values: string[] = []
  const around = soql.replace(/'((?:[^'\\]|\\.)*)'/gs, (_, text: string) => {
    values.push(text.replace(/\\(.)/gs, (_all, sign: string) => unescaped[sign] ?? sign))
    return '?'
  })
  if (!/^[\w\s,.=()?]*$/.test(around)) throw new Error(`more than names: ${around}`)
  return values
}

/** Every value that a request carries to the org to be compared. Paths have none. */
function valuesIn(requests: readonly RecordedRequest[]): string[] {
  return requests.flatMap(({ path, query }) => {
    expect(path).toMatch(
      /^\/services\/(oauth2\/token|scim\/v2\/\w+(\/\w{18})?|data\/v66\.0\/(query|sobjects\/\w+\/\w+))$/,
    )
    expect(Object.keys(query).every((name) => /^(filter|startIndex|count|q|fields)$/.test(name))).toBe(true)
    const { filter, q } = query
    return [...(filter === undefined ? [] : [filterValue(filter)]), ...(q === undefined ? [] : soqlValues(q))]
  })
}

test.each(connectors)(
  'hostile values reach filters and queries of %s as values only',
  async (connector) => {
    const before = stateOf(org.org)
    for (const value of connector === flagship ? hostile : hostile.slice(0, 4)) {
      const fields = { externalId: value, employeeNumber: value.slice(0, 20), nickName: value.slice(0, 40) }
      const Data = connector === flagship ? fields : inRestWords(fields)
      const { ended, requests } = await run('uniquenessCheck', { Data }, {}, {}, connector)
      expect([0, 1]).toContain(ended.exitCode)
      const given = Object.values(Data).map((text) => text.trim())
      const asked = valuesIn(requests)
      expect(asked.length).toBeGreaterThanOrEqual(3)
      expect(asked.filter((text) => !given.includes(text))).toEqual([])
      // Nobody has such a value: an answer with accounts would be one to another question.
      expect(JSON.parse(ended.stdout)).toMatchObject({ Success: true, NonUniqueFields: [] })
    }
    expect(stateOf(org.org)).toEqual(before)
  },
  60_000,
)

test('hostile names of profiles, resources and permissions are looked for and not found', async () => {
  for (const name of hostile.slice(0, 4)) {
    const Data = {
      userName: 'h@acme.example',
      familyName: 'H',
      emailAddress: 'h@acme.example',
      profile: name,
    }
    const create = await run('create', { Data })
    expect(create.ended.exitCode).toBe(1)
    expect(valuesIn(create.requests)).toContain(name.trim())

    const SourceData = [{ DisplayName: name }]
    const resources = await run('resources', {}, { resourceContext: { SourceData } })
    expect(resources.ended.stdout).toContain('Would create public group')
    expect(valuesIn(resources.requests)).toContain(name.trim())
  }
}, 60_000)

test('hostile ids are refused before anything is sent', async () => {
  const ids = [
    "0055g0000000005AAA' OR",
    '../0055g0000000005',
    '0055g0000000005AAA?x=1',
    '0055g\u0000000000005',
  ]
  const runs = await inPool(ids, 2, (Account) => run('disable', { References: { Account } }))
  for (const { ended } of runs) expect(ended.exitCode).toBe(1)
  const Permission = { Reference: "0PS5g0000000001GAA'", Type: 'PermissionSet' }
  const References = { Account: seedIds.users.obrien, Permission }
  const { ended, requests } = await run('grantPermission', { References })
  expect(ended.exitCode).toBe(1)
  expect(requests).toEqual([])
}, 60_000)

describe('what is far too large or deep ends in one document', () => {
  const million = 'x'.repeat(1_000_000)
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  const nested = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`
  const context = (members: string): string =>
    `{"DryRun":true,"Configuration":{"BaseUrl":"${org.url}","ClientID":"${seedCredentials.clientId}","ClientSecret":"${seedCredentials.clientSecret}"},${members}}`

  const cases: [name: string, action: string, members: () => string, code: number][] = [
    ['a text of a million characters in a field', 'update', () => `"Data":{"title":"${million}"}`, 1],
    ['the same as reference', 'disable', () => `"References":{"Account":"${million}"}`, 1],
    ['the same as name of a field', 'update', () => `"Data":{"${million}":"x"}`, 1],
    [
      'the same as value to correlate on',
      'create',
      () =>
        `"Data":{},"CorrelationConfiguration":{"Enabled":true,"AccountField":"externalId","PersonFieldValue":"${million}"}`,
      1,
    ],
    ['lists ten thousand deep in a field', 'update', () => `"Data":{"title":${deep}}`, 1],
    ['objects ten thousand deep in a field', 'create', () => `"Data":{"title":${nested}}`, 1],
    ['the same where nobody looks', 'listPermissions', () => `"Whatever":${nested}`, 0],
    [
      'the same as reference of a permission',
      'grantPermission',
      () => `"References":{"Permission":${nested}}`,
      1,
    ],
    ['the same instead of settings', 'disable', () => `"configuration":${nested}`, 2],
  ]

  test.concurrent.each(cases)('%s (%s)', async (_name, action, members, code) => {
    const ended = await runAction(folderOf(flagship), action, context(members()))
    expect(ended.stdout).toMatch(/^\{.*\}\n$/)
    expect(ended.stdout.length).toBeLessThan(50_000)
    const { Success, AuditLogs } = JSON.parse(ended.stdout) as { Success: boolean; AuditLogs: object[] }
    expect({ code: ended.exitCode, Success }).toEqual({ code, Success: code === 0 })
    expect(JSON.stringify(AuditLogs)).not.toContain('unexpected error in the connector')
  })
})

test('members that every object has are no settings, no fields and no way in', async () => {
  const Data = '{"__proto__":{"title":"x"},"constructor":{"prototype":{"DryRun":false}}}'
  const References = `{"Account":"${seedIds.users.obrien}"}`
  const Configuration = `{"BaseUrl":"${org.url}","ClientID":"${seedCredentials.clientId}","ClientSecret":"${seedCredentials.clientSecret}","__proto__":{"UseRestApi":false}}`
  const text = `{"DryRun":true,"__proto__":{"DryRun":false},"Configuration":${Configuration},"Data":${Data},"References":${References}}`
  const before = org.writes().length
  const ended = await runAction(folderOf(flagship), 'update', text)
  expect(ended.exitCode).toBe(1)
  expect(ended.stdout).toMatch(/Data\.(__proto__|constructor) is not a field/)
  expect(org.writes()).toHaveLength(before)
})

import type { Dialect } from '../../simulator/dialect/dialect.ts'
import type { SeedOptions } from '../../simulator/seed/seed.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type RecordedRequest, type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { answer, feed } from '../runInProcess.ts'
import { json, section, table, tables, text } from './markdown.ts'

const readme = text('README.md')
const manifest = json<{ actions: string[]; permissionTypes: string[] }>(
  'connectors/salesforce-scim/manifest.json',
)

/** The columns of the tables. */
const columns = [
  { name: 'SCIM', connector: 'salesforce-scim', folder: '', settings: {} },
  { name: 'SCIM alone', connector: 'salesforce-scim', folder: '', settings: { UseRestApi: false } },
  { name: 'REST', connector: 'salesforce-apex-rest', folder: 'salesforce-apex-rest/', settings: {} },
] as const
type Column = (typeof columns)[number]

/** Everything that the runs of this file have sent. */
const sent: Pick<RecordedRequest, 'method' | 'path'>[] = []

interface Options {
  readonly settings?: Record<string, unknown>
  readonly dialect?: Partial<Dialect>
  readonly seed?: SeedOptions
  /** Instead of the sample's account. */
  readonly account?: string
  readonly before?: (org: SimulatedOrg) => void
}

/** Runs a sample context on an org of its own; how it ended, and how many requests it took. */
async function runSample(column: Column, sample: string, options: Options = {}) {
  const org = await startSimulator({
    ...(options.dialect && { dialect: options.dialect }),
    ...(options.seed && { seed: options.seed }),
  })
  try {
    options.before?.(org)
    const [action = ''] = sample.split('-')
    const context = json<Record<string, unknown>>(`samples/contexts/${column.folder}${sample}.json`)
    const { Configuration, Data, References } = (context['actionContext'] ?? context) as {
      Configuration: Record<string, unknown>
      Data?: Record<string, unknown>
      References?: Record<string, unknown>
    }
    Object.assign(Configuration, { BaseUrl: org.url }, column.settings, options.settings)
    if (options.account !== undefined) Object.assign(References ?? {}, { Account: options.account })
    if (column.name === 'SCIM alone') for (const name of ['companyName', 'phone']) delete Data?.[name]
    const run = action.startsWith('import')
      ? await feed(action as 'import', context, column.connector)
      : await answer(action, context, column.connector)
    sent.push(...org.requests)
    return { code: run.code, requests: org.requests.length, said: run.stdout }
  } finally {
    await org.close()
  }
}

/** What SCIM alone can show of who holds what. */
const shown = { PermissionTypes: 'Profile, Role' }

describe('side by side', () => {
  const [actions = [], types = []] = tables(section(readme, '### Side by side'))

  test('the tables have every action and every permission type', () => {
    expect(actions.map(([name]) => name)).toEqual(manifest.actions)
    expect(types.map(([name]) => name)).toEqual(manifest.permissionTypes)
    const cells = [...actions, ...types].flatMap((row) => row.slice(1))
    expect(cells.filter((cell) => !/^(yes|no)\b/.test(cell))).toEqual([])
  })

  test.each(columns.map((column, index) => [column.name, column, index + 1] as const))(
    '%s can do what the table says, and nothing that it denies',
    async (name, column, cell) => {
      for (const [action = '', ...rest] of actions) {
        const settings = action === 'importPermissions' && name === 'SCIM alone' ? shown : {}
        const { code, said } = await runSample(column, action, { settings })
        const can = rest[cell - 1]?.startsWith('yes')
        expect({ action, can: code === 0, said }).toEqual({ action, can, said })
      }
    },
  )

  test.each(columns.map((column, index) => [column.name, column, index + 1] as const))(
    '%s grants the types that the table says, and no others',
    async (_, column, cell) => {
      const org = await startSimulator({ dialect: { territoryManagement: true } })
      const Configuration = {
        BaseUrl: org.url,
        AuthenticationFlow: 'client_credentials',
        ClientID: seedCredentials.clientId,
        ClientSecret: seedCredentials.clientSecret,
        ...column.settings,
      }
      try {
        const rest = { ...Configuration, UseRestApi: true }
        const { output } = await answer('listPermissions', { DryRun: false, Configuration: rest })
        for (const row of types) {
          const offered = output.Permissions?.filter(({ Identification }) => Identification.Type === row[0])
          const ends = await Promise.all(
            (offered ?? []).map(({ Identification: Permission }) => {
              const References = { Account: seedIds.users.obrien, Permission }
              const context = { DryRun: true, Configuration, References }
              return answer('grantPermission', context, column.connector)
            }),
          )
          expect([row[0], ends.some(({ code }) => code === 0)]).toEqual([row[0], row[cell] === 'yes'])
        }
      } finally {
        await org.close()
      }
    },
  )
})

describe('numbers of requests', () => {
  const rows = table(section(readme, '### Numbers of requests'))
  const samples: Readonly<Record<string, string>> = {
    create: 'create',
    'create, correlates': 'create-correlate',
    update: 'update',
    'update, nothing to change': 'update-nochange',
    enable: 'enable',
    disable: 'disable',
    'uniquenessCheck, five fields': 'uniquenessCheck',
    'grantPermission, a permission set': 'grantPermission',
    'revokePermission, a permission set': 'revokePermission',
    'subPermissions, two permissions': 'subPermissions',
    listPermissions: 'listPermissions',
  }

  test('the table is about these samples', () => {
    expect(rows.map(([name]) => name)).toEqual(Object.keys(samples))
  })

  test.each(rows.map(([name = '', ...numbers]) => [name, numbers] as const))('%s', async (name, numbers) => {
    const taken = []
    for (const column of columns) taken.push(await runSample(column, samples[name] ?? ''))
    expect(taken.map(({ code, requests }) => (code === 0 ? String(requests) : 'failed'))).toEqual(numbers)
  })
})

describe('endpoints', () => {
  const [, , rest] = columns
  const rows = table(section(readme, '### API endpoints')).map(([path = '', methods = '']) => ({
    path,
    methods: methods.split(', '),
  }))

  /** The row of a request: the one that is the most particular. */
  const rowOf = ({ path }: Pick<RecordedRequest, 'path'>) =>
    rows
      .filter((row) =>
        new RegExp(`^${row.path.replace(/\{\w+\}/g, '\\w+')}$`).test(path.replace(/v\d+\.0/, 'v66.0')),
      )
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0]

  test('everything that the actions send is in the table, and the table has nothing else', async () => {
    const own = { apexRestPath: 'users' }
    const { annBoss, obrien } = seedIds.users
    const giveManager = ({ org, user }: SimulatedOrg): void => {
      const row = user(annBoss)
      if (row !== undefined) org.users.update(row, { ManagerId: obrien })
    }
    const runs = [
      await runSample(rest, 'enable', { settings: { PasswordResetOnFirstEnable: true } }),
      await runSample(rest, 'disable', {
        settings: { EndSessionsOnDisable: true, OnDisable: 'strip', TransferRecords: 'Account' },
        seed: { records: true },
        account: annBoss,
        before: giveManager,
      }),
      await runSample(rest, 'create', { settings: { ApexRestPath: own.apexRestPath }, dialect: own }),
      await runSample(rest, 'update', { settings: { ApexRestPath: own.apexRestPath }, dialect: own }),
    ]
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    const unknown = await runSample(rest, 'listPermissions', { settings: { ApiVersion: '99.0' } })
    expect(unknown.said).toContain('newest')
    const strangers = sent.filter((request) => rowOf(request)?.methods.includes(request.method) !== true)
    expect(strangers.map(({ method, path }) => `${method} ${path}`)).toEqual([])
    const unused = rows.flatMap((row) =>
      row.methods
        .filter((method) => !sent.some((request) => request.method === method && rowOf(request) === row))
        .map((method) => `${method} ${row.path}`),
    )
    expect(unused).toEqual([])
  })
})

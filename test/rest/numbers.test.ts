import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { Action, Given, Host, Step } from '../lifecycle/host.ts'
import { type Part, partsOf } from '../requests.ts'
import { joiner, withRest, withRestCase } from './host.ts'

const { users } = seedIds
const version = '/services/data/v66.0'

/** Each request as `GET query`, one of several with its parts. */
function shape({ requests }: Step): string[] {
  return requests.map((request) => {
    const parts = partsOf(request)
    return (parts.length > 0 ? parts : [{ method: request.method, url: request.path }])
      .map(shapeOf)
      .join(', ')
  })
}

function shapeOf({ method, url }: Omit<Part, 'body'>): string {
  const [path = ''] = url.replace(`${version}/`, '').split('?')
  return `${method} ${path.replace(/(?<=sobjects[/]User[/])(005\w+|@.*)$/, '{id}')}`
}

const signIn = 'POST /services/oauth2/token'
const read = 'GET query'
const written = (method: string): string =>
  `${method} sobjects/User${method === 'POST' ? '' : '/{id}'}, GET sobjects/User/{id}`
const correlation = { field: 'FederationIdentifier', value: 'E200001' }

type Cost = readonly [what: string, action: Action, given: Given, requests: readonly string[]]

/** What the actions cost in requests, sign-in and all. */
const costs: readonly Cost[] = [
  [
    'a create with correlation, and profile and role by name',
    'create',
    { Data: { ...joiner, UserRoleId: 'EMEA Sales' }, correlate: correlation },
    [signIn, 'GET query, GET query, GET query, GET sobjects/User/describe', written('POST')],
  ],
  [
    'an update without changes',
    'update',
    {
      account: users.obrien,
      Data: { Title: 'Account manager', ProfileId: "Sales Rep's Profile", UserRoleId: 'EMEA Sales' },
    },
    // The last read is that of the freeze.
    [signIn, read, read],
  ],
  [
    'an update',
    'update',
    { account: users.obrien, Data: { Title: 'Head', ProfileId: 'Read Only', UserRoleId: 'APAC Sales' } },
    [signIn, read, 'GET query, GET query, GET sobjects/User/describe', written('PATCH'), read],
  ],
  ['a disable of who is inactive', 'disable', { account: users.leaver }, [signIn, read]],
]

const otherCosts: readonly Cost[] = [
  [
    'a create',
    'create',
    { Data: joiner },
    [signIn, 'GET query, GET sobjects/User/describe', written('POST')],
  ],
  [
    'a create with the default profile by name',
    'create',
    { Data: { ...joiner, ProfileId: '' }, correlate: correlation, settings: { DefaultProfile: 'Read Only' } },
    [signIn, 'GET query, GET query, GET sobjects/User/describe', written('POST')],
  ],
  [
    'a create that correlates',
    'create',
    { Data: joiner, correlate: { field: 'EmployeeNumber', value: '100001' } },
    [signIn, 'GET query, GET query, GET sobjects/User/describe', read],
  ],
  [
    'an update of an account that is gone',
    'update',
    { account: '0055g00000ZZZZZAAA', Data: { Title: 'x' } },
    [signIn, read],
  ],
  ['a delete of who is inactive', 'delete', { account: users.leaver }, [signIn, read]],
  [
    'a disable',
    'disable',
    { account: users.obrien, settings: { DisableMode: 'deactivate' } },
    [signIn, read, written('PATCH'), read],
  ],
  ['an enable of who is active', 'enable', { account: users.obrien }, [signIn, read, read]],
  [
    'a uniqueness check',
    'uniquenessCheck',
    { Data: joiner },
    [signIn, 'GET query, GET query, GET query, GET query'],
  ],
]

describe.each([
  ['of a built script', costs, withRest],
  ['of an action', otherCosts, withRestCase],
] as const)('the cost %s', (_name, table, lend) => {
  test.concurrent.each(table)('%s needs exactly these requests', (_what, action, given, requests) =>
    lend('documented', async ({ run }) => {
      const step = await run(action, given)
      expect(shape(step)).toEqual(requests)
    }),
  )
})

test('each needs one request less where a token is kept', () =>
  withRest('documented', async (host) => {
    const folder = mkdtempSync(join(tmpdir(), 'tokens-'))
    const settings = { TokenCache: join(folder, 'tokens.json') }
    try {
      await host.run('update', { account: users.annBoss, Data: {}, settings })
      const created = await cost(host, 'create', { Data: joiner, correlate: correlation, settings })
      const same = await cost(host, 'update', {
        account: users.annBoss,
        Data: { Title: 'SVP Sales' },
        settings,
      })
      const changed = await cost(host, 'update', {
        account: users.annBoss,
        Data: { Title: 'Head' },
        settings,
      })
      const already = await cost(host, 'disable', { account: users.leaver, settings })
      expect({ created, same, changed, already }).toEqual({ created: 2, same: 2, changed: 4, already: 1 })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }))

async function cost(host: Host, action: Action, given: Given): Promise<number> {
  const { requests, code } = await host.run(action, given)
  expect(code).toBe(0)
  return requests.length
}

/** A preview may send nothing but GET, so that it asks one by one what the real one asks at once. */
test.concurrent.each([
  ['create', { Data: { ...joiner, UserRoleId: 'EMEA Sales' }, correlate: correlation }, 4],
  ['update', { account: users.obrien, Data: { Title: 'Head', ProfileId: 'Read Only' } }, 4],
  ['disable', { account: users.obrien }, 2],
] as const)('a preview of %s signs in and reads', (action, given, reads) =>
  withRestCase('documented', async ({ run }) => {
    const { requests, said } = await run(action, { ...given, dryRun: true })
    expect(requests.map(({ method }) => method)).toEqual([
      'POST',
      ...Array.from({ length: reads }, () => 'GET'),
    ])
    expect(said).toContain('[DryRun] Would ')
  }),
)

test('fields are read once each, whatever spellings they come in', () =>
  withRestCase('documented', async ({ run }) => {
    const Data = {
      ...joiner,
      cost_code__c: 'S-1',
      BADGE_NUMBER__C: '7',
      remote_worker__c: 'true',
      isactive: 'true',
      id: '',
    }
    const created = await run('create', { Data, correlate: correlation })
    const account = created.output.AccountReference
    const updated = await run('update', { account, Data: { ...Data, TITLE: 'Head' } })
    const names = [...created.requests, ...updated.requests].flatMap((request) => {
      const lists = partsOf(request).flatMap(({ url }) => /fields=(.*)$/.exec(url)?.[1] ?? [])
      return [...lists, ...(/SELECT (.*) FROM/.exec(request.query['q'] ?? '')?.slice(1) ?? [])]
    })
    expect(names.length).toBeGreaterThanOrEqual(3)
    for (const list of names) {
      const each = list.split(/, ?/).map((name) => name.toLowerCase())
      expect(each).toEqual([...new Set(each)])
    }
  }))

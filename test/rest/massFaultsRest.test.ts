import { seedIds } from '../../simulator/seed/seedIds.ts'
import { isCreate } from '../lifecycle/hosts.ts'
import type { Answered, Intercept, Passing } from '../lifecycle/gateway.ts'
import type { Action } from '../lifecycle/host.ts'
import { partsOf } from '../requests.ts'
import { joiner, withRest, withRestCase } from './host.ts'

const { users } = seedIds
const account = users.obrien
const settings = { DisableMode: 'deactivate' }

interface Part {
  httpStatusCode: number
  referenceId: string
  body: unknown
}

/** What happens to one part of the answer to a composite request that writes. */
const inWrites =
  (referenceId: string, change: (part: Part) => Partial<Part>, when = isWrite): Intercept =>
  (request) =>
    when(request)
      ? ({ status, body }) => {
          const { compositeResponse } = JSON.parse(body) as { compositeResponse: Part[] }
          const parts = compositeResponse.map((part) =>
            part.referenceId === referenceId ? { ...part, ...change(part) } : part,
          )
          return { status, body: JSON.stringify({ compositeResponse: parts }) }
        }
      : undefined

function isWrite(request: Passing): boolean {
  return partsOf(request).some(({ method }) => method !== 'GET')
}

const failure = (httpStatusCode: number, errorCode: string, message: string): Partial<Part> => ({
  httpStatusCode,
  body: [{ errorCode, message }],
})
const unreadable = (): Partial<Part> => failure(500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred')
const isQuery = ({ path }: Passing): boolean => path.includes('/query?')
const broken: Answered = {
  status: 500,
  body: '[{"errorCode":"UNKNOWN_EXCEPTION","message":"An unexpected error"}]',
}

describe('where the write went through and the read with it did not', () => {
  test.concurrent('create reads again, and shows what there is', () =>
    withRestCase(
      'documented',
      async ({ run, row, org }) => {
        const size = org.org.users.size
        const step = await run('create', { Data: joiner })
        expect(step.output).toMatchObject({ Success: true, Data: joiner })
        expect(row(step.output.AccountReference ?? '').IsActive).toBe(false)
        expect(org.org.users.size).toBe(size + 1)
      },
      inWrites('read', unreadable),
    ),
  )

  test.concurrent(
    'and cannot be made up for, create is no success, and keeps the reference to the account',
    () =>
      withRest(
        'documented',
        async ({ run, row, org }) => {
          const size = org.org.users.size
          const step = await run('create', { Data: joiner })
          expect(step.code).toBe(1)
          expect(step.said).toContain('Create account was successful. AccountReference is: [005')
          expect(step.said).toContain('after its creation, so that what it has is not known')
          expect(row(step.output.AccountReference ?? '').Username).toBe(joiner.Username)
          expect(step.writes.filter(isCreate)).toHaveLength(1)
          expect(org.org.users.size).toBe(size + 1)
        },
        (request) => inWrites('read', unreadable)(request) ?? (isQuery(request) ? broken : undefined),
      ),
  )

  test.concurrent.each<[Action, string]>([
    ['update', account],
    ['disable', account],
    ['enable', users.leaver],
  ])('%s reads again, and shows what there is', (action, id) =>
    withRestCase(
      'documented',
      async ({ run }) => {
        const step = await run(action, { account: id, Data: { Title: 'Head' }, settings })
        expect(step.code).toBe(0)
        expect(step.said).toContain('successful')
      },
      inWrites('read', unreadable),
    ),
  )
})

describe('where the answer shows that the write did not take', () => {
  test.concurrent('update names the field, and shows what the account has', () =>
    withRestCase(
      'documented',
      async ({ run }) => {
        const step = await run('update', { account, Data: { Title: 'Head', City: 'Zeist' } })
        expect(step.code).toBe(1)
        expect(step.said).toContain('updated: [City]')
        expect(step.said).toContain('Could not write Title of Salesforce account')
        expect(step.output.Data).toMatchObject({ Title: 'Clerk', City: 'Zeist' })
      },
      inWrites('read', ({ body }) => ({ body: { ...(body as object), Title: 'Clerk' } })),
    ),
  )

  test.concurrent('create names the field, and keeps the reference to the account', () =>
    withRestCase(
      'documented',
      async ({ run, row }) => {
        const step = await run('create', { Data: joiner })
        expect(step.code).toBe(1)
        expect(step.said).toContain('Could not write EmployeeNumber')
        expect(row(step.output.AccountReference ?? '').Username).toBe(joiner.Username)
      },
      inWrites('read', ({ body }) => ({ body: { ...(body as object), EmployeeNumber: null } })),
    ),
  )

  test.concurrent.each<[Action, string, boolean]>([
    ['enable', users.leaver, false],
    ['disable', account, true],
    ['delete', account, true],
  ])('%s is no success', (action, id, IsActive) =>
    withRestCase(
      'documented',
      async ({ run }) => {
        const step = await run(action, { account: id, settings })
        expect(step.code).toBe(1)
        expect(step.said).toMatch(/the account is still (in)?active/)
        expect(step.said).not.toContain('successful')
      },
      inWrites('read', ({ body }) => ({ body: { ...(body as object), IsActive } })),
    ),
  )
})

describe('where a part of a request is refused for now', () => {
  const locked = failure(400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record')

  test.concurrent.each<[Action, string | undefined, Record<string, unknown>]>([
    ['create', undefined, joiner],
    ['update', account, { Title: 'Head' }],
  ])('%s of a locked record is tried again, by itself', (action, id, Data) => {
    let isFirst = true
    return withRestCase(
      'documented',
      async ({ run }) => {
        const step = await run(action, { account: id, Data })
        expect(step.output).toMatchObject({ Success: true, Data })
        expect(step.writes).toHaveLength(1)
      },
      (request) => {
        if (!isWrite(request) || !isFirst) return undefined
        isFirst = false
        const parts = ['written', 'read'].map((referenceId) => ({ ...locked, referenceId }))
        return { status: 200, body: JSON.stringify({ compositeResponse: parts }) }
      },
    )
  })

  test.concurrent('create asks again for what could not be read', () =>
    withRestCase(
      'documented',
      async ({ run }) => {
        const step = await run('create', {
          Data: joiner,
          correlate: { field: 'EmployeeNumber', value: '100001' },
        })
        expect(step.output).toMatchObject({ Success: true, AccountReference: users.annBoss })
      },
      inWrites(
        'q0',
        () => failure(503, 'SERVER_UNAVAILABLE', 'busy'),
        ({ path }) => path.endsWith('/composite'),
      ),
    ),
  )
})

describe('where the org has no /composite', () => {
  const without: Intercept = ({ path }) =>
    path.endsWith('/composite')
      ? { status: 404, body: '[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]' }
      : undefined

  test.concurrent('a life goes on without it', () =>
    withRestCase(
      'documented',
      async ({ run, row, org }) => {
        const size = org.org.users.size
        const correlate = { field: 'FederationIdentifier', value: joiner.FederationIdentifier }
        const created = await run('create', { Data: joiner, correlate })
        expect(created.output).toMatchObject({ Success: true, AccountCorrelated: false, Data: joiner })
        const id = created.output.AccountReference ?? ''
        const again = await run('create', { Data: joiner, correlate })
        expect(again.output).toMatchObject({ AccountReference: id, AccountCorrelated: true })
        const updated = await run('update', { account: id, Data: { Title: 'Head' } })
        expect(updated.said).toContain('updated: [Title]')
        for (const action of ['enable', 'disable'] as const)
          expect((await run(action, { account: id, settings })).said).toContain('successful')
        const unique = await run('uniquenessCheck', { Data: joiner })
        expect(unique.output.NonUniqueFields).toContain('Username')
        expect(row(id)).toMatchObject({ Title: 'Head', IsActive: false })
        expect(org.org.users.size).toBe(size + 1)
      },
      without,
    ),
  )

  test.concurrent('a create whose answer is lost is found', () =>
    withRestCase(
      'documented',
      async ({ run, org }) => {
        const size = org.org.users.size
        const step = await run('create', { Data: joiner })
        expect(step.output).toMatchObject({ Success: true, Data: joiner })
        expect(org.org.users.size).toBe(size + 1)
      },
      (request) =>
        request.method === 'POST' && request.path.endsWith('/sobjects/User') ? 'cut' : without(request),
    ),
  )

  test.concurrent('a create that cannot be read keeps the reference to the account', () =>
    withRestCase(
      'documented',
      async ({ run, row }) => {
        const step = await run('create', { Data: { ...joiner, ProfileId: seedIds.profiles.readOnly } })
        expect(step.code).toBe(1)
        expect(row(step.output.AccountReference ?? '').Username).toBe(joiner.Username)
      },
      (request) => (isQuery(request) && request.path.includes('FROM User ') ? broken : without(request)),
    ),
  )
})

test.concurrent(
  'a create whose answer never comes is looked up before all else, and the result says what is not known',
  () =>
    withRest(
      'documented',
      async ({ run, org }) => {
        const step = await run('create', { Data: joiner, settings: { ActionTimeoutSeconds: 4 } })
        expect(step.code).toBe(1)
        expect(step.said).toContain('is not known')
        expect(step.output.AccountReference).toBeUndefined()
        expect(org.user(joiner.Username)).toBeUndefined()
        expect(step.requests.at(-1)?.query['q']).toContain(
          "FROM User WHERE Username = 'j.devries@acme.example'",
        )
      },
      (request) => (isCreate(request) ? 'hold' : undefined),
    ),
)

test.concurrent.each([['@{read.Id}'], ['a @{written.id} b'], ['@{']])(
  'a text that looks like a reference to another part of a request, %s, is a text',
  (Title) =>
    withRestCase('documented', async ({ run, row }) => {
      const created = await run('create', { Data: { ...joiner, Title } })
      expect(created.output).toMatchObject({ Success: true, Data: { Title } })
      const updated = await run('update', { account, Data: { Title } })
      expect(updated.output).toMatchObject({ Success: true, Data: { Title } })
      expect(row(account).Title).toBe(Title)
    }),
)

test.concurrent.each<[Action, string]>([
  ['update', account],
  ['enable', users.leaver],
  ['disable', account],
  ['delete', account],
])('%s of an account that is gone between reading and writing is never a silent success', (action, id) =>
  withRestCase(
    'documented',
    async ({ run }) => {
      const step = await run(action, { account: id, Data: { Title: 'Head' }, settings })
      expect(step.code).toBe(1)
      expect(step.said).not.toContain('successful')
    },
    (request) => {
      if (!isWrite(request)) return undefined
      const gone = failure(404, 'NOT_FOUND', 'The requested resource does not exist')
      const parts = ['written', 'read'].map((referenceId) => ({ ...gone, referenceId }))
      return { status: 200, body: JSON.stringify({ compositeResponse: parts }) }
    },
  ),
)

test.concurrent.each([
  ['HTML', { status: 404, body: '<html><body>Page not found</body></html>' }],
  ['nothing', { status: 404, body: '' }],
  ['a page without rows', { status: 200, body: '{"hello":"world"}' }],
])('%s in place of rows does not say that an account is gone', (_what, answered) =>
  withRestCase(
    'documented',
    async ({ run }) => {
      for (const action of ['update', 'disable', 'delete'] as const) {
        const step = await run(action, { account, Data: { Title: 'x' } })
        expect(step.code).toBe(1)
        expect(step.said).not.toContain('could not be found, indicating')
      }
    },
    (request) => (isQuery(request) ? answered : undefined),
  ),
)

test.concurrent.each<Action>(['create', 'update', 'enable', 'disable', 'delete', 'uniquenessCheck'])(
  '%s of an org without REST API is no success',
  (action) =>
    withRestCase({ restEnabled: false }, async ({ run }) => {
      const step = await run(action, { account, Data: joiner })
      expect(step.code).toBe(1)
      expect(step.said).toContain('API_DISABLED_FOR_ORG')
      expect(step.output.NonUniqueFields).toBeUndefined()
    }),
)

test.concurrent.each([
  ['create', { Data: joiner }],
  ['update', { account, Data: { Title: 'Head' } }],
] as const)('%s that may not know the fields of User writes nothing', (action, given) =>
  withRestCase(
    'documented',
    async ({ run }) => {
      const step = await run(action, given)
      expect(step.code).toBe(1)
      expect(step.said).toContain('INSUFFICIENT_ACCESS')
      expect(step.writes).toEqual([])
    },
    inWrites(
      'description',
      () => failure(403, 'INSUFFICIENT_ACCESS', 'insufficient access rights'),
      ({ path }) => path.endsWith('/composite'),
    ),
  ),
)

test.concurrent('a token that cannot be sent is none', () =>
  withRestCase(
    'documented',
    async ({ run }) => {
      const step = await run('disable', { account, settings })
      expect(step.said).toContain('answered with status 200 and no token')
    },
    ({ path }) =>
      path.includes('/oauth2/') ? { status: 200, body: '{"access_token":"two\\nlines"}' } : undefined,
  ),
)

test.concurrent.each([
  ['disable', 'without its id', { records: [{ IsActive: true }] }],
  ['delete', 'that is neither active nor inactive', { records: [{ Id: account, IsActive: null }] }],
  ['disable', 'that is only counted', { totalSize: 1, records: [] }],
] as const)('%s takes a user %s for none that is gone', (action, _, answered) =>
  withRestCase(
    'documented',
    async ({ run, row }) => {
      const step = await run(action, { account, settings })
      expect(step.code).toBe(1)
      expect(step.writes).toEqual([])
      expect(row(account).IsActive).toBe(true)
    },
    (request) =>
      isQuery(request) ? { status: 200, body: JSON.stringify({ done: true, ...answered }) } : undefined,
  ),
)

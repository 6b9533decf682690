import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { Answered, Intercept } from './gateway.ts'
import { joiner, withCase, withHost } from './host.ts'

const account = seedIds.users.obrien

/** The org's SCIM as it would be if it had alias and custom fields under URNs that nobody knows, and so took none. */
const withoutExtensions = ({ path }: { path: string }): ((answer: Answered) => Answered) | undefined =>
  path.startsWith('/services/scim/v2/Users')
    ? ({ status, body }) => ({
        status,
        body: body.replace(/,"urn:salesforce:schemas:extension:[^"]*":\{[^}]*\}/g, ''),
      })
    : undefined

describe('where SCIM does not show alias and custom fields', () => {
  test.concurrent('create writes them by REST and says what REST has', () =>
    withHost(
      { aliasUrnOnPost: '2.0' },
      async ({ run, row }) => {
        const Data = { ...joiner, alias: 'jdv', Cost_Code__c: 'S-7', Remote_Worker__c: 'True' }
        const step = await run('create', { Data })
        expect(step.said).toContain('Create account was successful')
        expect(row(step.output.AccountReference ?? '')).toMatchObject({
          Alias: 'jdv',
          Cost_Code__c: 'S-7',
          Remote_Worker__c: true,
        })
        expect(step.output.Data).toMatchObject({
          alias: 'jdv',
          Cost_Code__c: 'S-7',
          Remote_Worker__c: 'true',
        })
      },
      withoutExtensions,
    ),
  )

  test.concurrent('update compares with what REST has, writes the difference, and then no more', () =>
    withHost(
      'documented',
      async ({ run, row }) => {
        const same = { alias: row(account).Alias, Cost_Code__c: 'S-41', Badge_Number__c: '4411' }
        const nothing = await run('update', { account, Data: same })
        expect(nothing.said).toContain('No changes')

        const Data = { ...same, alias: 'sob', Badge_Number__c: '1', title: 'Head' }
        const step = await run('update', { account, Data })
        expect(step.said).toContain('updated: [alias,Badge_Number__c,title]')
        expect(step.output).toMatchObject({ Data, PreviousData: same })
        expect(row(account)).toMatchObject({ Alias: 'sob', Badge_Number__c: 1, Cost_Code__c: 'S-41' })

        const again = await run('update', { account, Data })
        expect(again.said).toContain('No changes')
        expect(again.writes).toEqual([])
      },
      withoutExtensions,
    ),
  )
})

test('a repair that cannot be read back is a failure that keeps the reference to the account', () =>
  withHost(
    'documented',
    async ({ run, row }) => {
      const step = await run('create', { Data: { ...joiner, phone: '1', mobilePhone: '2' } })
      expect(step.output.Success).toBe(false)
      expect(step.said).toContain('Create account was successful')
      expect(row(step.output.AccountReference ?? '').Username).toBe(joiner.userName)
    },
    ({ method, path }) =>
      method === 'GET' && path.startsWith('/services/scim/v2/Users/')
        ? { status: 500, body: '[{"errorCode":"APEX_ERROR","message":"System.LimitException"}]' }
        : undefined,
  ))

test('a custom field is written by SCIM where the REST API is off', () =>
  withHost({ restEnabled: false }, async ({ run, row }) => {
    const step = await run('update', { account: seedIds.users.annBoss, Data: { Cost_Code__c: 'S-9' } })
    expect(step.said).toContain('updated: [Cost_Code__c]')
    expect(row(seedIds.users.annBoss)['Cost_Code__c']).toBe('S-9')
  }))

describe('where SCIM refuses to clear', () => {
  const refuse = (part: string): Intercept => {
    const body = '{"schemas":"[]","detail":"UNSUPPORTED_FIELD: x","status":400}'
    return (request) =>
      request.method === 'PATCH' && request.path.includes('/scim/') && request.body.includes(part)
        ? { status: 400, body }
        : undefined
  }

  test.concurrent.each([
    ['a reference', '"op":"remove"', { role: '', manager: '', title: 'Head' }],
    ['a text', '""', { department: '', Cost_Code__c: '', title: 'Head' }],
    ['all that is asked', '"op"', { department: '', role: '' }],
  ])('%s, REST does, and SCIM writes the rest', (_what, part, Data) =>
    withCase(
      'documented',
      async ({ run, row }) => {
        const before = row(account)
        const step = await run('update', { account, Data })
        expect(step.output).toMatchObject({ Success: true, Data })
        expect(row(account)).toEqual({
          ...before,
          ...('role' in Data && { UserRoleId: null }),
          ...('manager' in Data && { ManagerId: null }),
          ...('department' in Data && { Department: null }),
          ...('Cost_Code__c' in Data && { Cost_Code__c: null }),
          ...('title' in Data && { Title: 'Head' }),
          LastModifiedDate: expect.any(String),
          SystemModstamp: expect.any(String),
        })
      },
      refuse(part),
    ),
  )

  test.concurrent('and the REST API is not to be used, the reason is told and nothing is written', () =>
    withHost(
      'documented',
      async ({ run, row }) => {
        const before = row(account)
        const Data = { role: '', title: 'Head' }
        const step = await run('update', { account, Data, settings: { UseRestApi: false } })
        expect(step.code).toBe(1)
        expect(step.said).toContain('UNSUPPORTED_FIELD')
        expect(row(account)).toEqual(before)
      },
      refuse('"op":"remove"'),
    ),
  )
})

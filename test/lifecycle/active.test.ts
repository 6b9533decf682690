import { seedIds } from '../../simulator/seed/seedIds.ts'
import { hosts } from './hosts.ts'
import { orgs } from './dialects.ts'
import { type Action, withCase, withHost } from './host.ts'

const { users, profiles, userLicenses } = seedIds
const gone = '0055g00000ZZZZZAAA'

/** Each action, an account that it has something to do for, and the state it leaves. */
const switches: [action: Action, account: string, active: boolean][] = [
  ['enable', users.leaver, true],
  ['disable', users.obrien, false],
  ['delete', users.obrien, false],
]

/** Deactivation alone: freezing has tests of its own. */
const settings = { DisableMode: 'deactivate' }

const done: Record<string, string> = {
  enable: 'Enable account was successful',
  disable: `Disable account: [${users.obrien}] was successful. Action initiated by: [enforcement]`,
  delete: `Delete account: [${users.obrien}] was successful. Salesforce cannot delete users: the account is deactivated, and its userName stays taken. Action initiated by: [enforcement]`,
}

describe.each(orgs)('in the org %s', (_name, dialect, lend, lendCase) => {
  test.concurrent.each(switches)(
    '%s of %s switches active to %s and nothing else',
    (action, account, active) =>
      lendCase(dialect, async ({ run, row, sent }) => {
        const before = row(account)
        const step = await run(action, { account, origin: 'enforcement', settings })
        expect(step.said).toBe(done[action])
        expect(row(account)).toEqual({
          ...before,
          IsActive: active,
          LastModifiedDate: expect.any(String),
          SystemModstamp: expect.any(String),
        })
        expect(step.output).toMatchObject({
          Data: { id: account, active: String(active) },
          PreviousData: { id: account, active: String(!active) },
        })
        expect(sent(step)).toEqual([{ active }])

        const again = await run(action, { account, origin: 'enforcement', settings })
        expect(again.output.Success).toBe(true)
        expect(again.said).toContain(`Reason: the account is already ${active ? 'active' : 'inactive'}`)
        if (!active) expect(again.requests).toHaveLength(2)
        expect(again.writes).toEqual([])
      }),
  )

  test.concurrent.each([
    ['enable', false, ''],
    ['disable', true, '. Action initiated by: [reconciliation]'],
    ['delete', true, '. Action initiated by: [reconciliation]'],
  ] as const)('%s of an account that is gone: success is %s', (action, success, origin) =>
    lendCase(dialect, async ({ run }) => {
      const step = await run(action, { account: gone, origin: 'reconciliation' })
      expect(step.output.Success).toBe(success)
      expect(step.said).toBe(
        `Salesforce account: [${gone}] could not be found, indicating that it may have been deleted${origin}`,
      )
      expect(step.writes).toEqual([])
    }),
  )

  test.concurrent.each([
    ['disable', 'You cannot deactivate this user: the user is the default case owner.'],
    ['delete', 'Cannot inactivate user that is the value of a hierarchy field:Mentor__c'],
  ] as const)('%s repeats what keeps Salesforce from deactivating a user, and fails: %s', (action, message) =>
    lendCase(dialect, async ({ run, row, org }) => {
      const account = users.obrien
      org.org.blockers.set(account, { code: 'FIELD_INTEGRITY_EXCEPTION', message })
      const step = await run(action, { account, origin: 'reconciliation', settings })
      expect(step.code).toBe(1)
      expect(step.said).toContain(`Could not ${action} Salesforce account: [${account}]. Error: ${message}`)
      expect(step.said).toContain('Action initiated by: [reconciliation]')
      expect(row(account).IsActive).toBe(true)
    }),
  )

  test.concurrent('disable names the last administrator', () =>
    lend(dialect, async ({ run }) => {
      const step = await run('disable', { account: users.admin })
      expect(step.code).toBe(1)
      expect(step.said).toContain('CANNOT_DISABLE_LAST_ADMIN')
    }),
  )

  test.concurrent('enable says that no seat of the licence is left, and works when one is free again', () =>
    lend(dialect, async ({ run, org, row }) => {
      const licence = org.org.userLicenses.get(userLicenses.salesforce)
      if (licence !== undefined) licence.TotalLicenses = org.org.usedLicenses(userLicenses.salesforce)
      const step = await run('enable', { account: users.leaver })
      expect(step.code).toBe(1)
      expect(step.said).toContain('LICENSE_LIMIT_EXCEEDED')
      expect(row(users.leaver).IsActive).toBe(false)

      await run('disable', { account: users.annBoss })
      const again = await run('enable', { account: users.leaver })
      expect(again.output.Success).toBe(true)
      expect(row(users.leaver).IsActive).toBe(true)
    }),
  )
})

describe.each(hosts)('enable, disable and delete by %s', (_name, lend, lendCase) => {
  test.concurrent.each(['disable', 'delete'] as const)(
    '%s of reconciliation needs neither Data nor a person nor Operation, and names its origin',
    (action) =>
      lendCase('documented', async ({ run, row }) => {
        const step = await run(action, { account: users.platform, origin: 'reconciliation' })
        expect(step.output.Success).toBe(true)
        expect(step.said).toContain('Action initiated by: [reconciliation]')
        expect(row(users.platform).IsActive).toBe(false)
      }),
  )

  test.concurrent.each(switches)(
    '%s only switches: what is mapped for it is shown, not written',
    (action, account) =>
      lendCase('documented', async ({ run, row }) => {
        const before = row(account)
        const Data = { title: 'Former', active: 'false', Cost_Code__c: 'gone' }
        const step = await run(action, { account, Data, settings })
        expect(step.output.Success).toBe(true)
        expect(row(account)).toMatchObject({ Title: before.Title, Cost_Code__c: before['Cost_Code__c'] })
        expect(step.output.Data?.['title']).toBe(before.Title ?? '')
      }),
  )

  test.concurrent('disable keeps the profile, the role and the permission sets', () =>
    lend('documented', async ({ run, row, org }) => {
      const held = org.org.assignmentsOf(users.obrien)
      await run('disable', { account: users.obrien })
      expect(org.org.assignmentsOf(users.obrien)).toEqual(held)
      expect(row(users.obrien).ProfileId).toBe(profiles.salesReps)
    }),
  )

  test.concurrent.each(switches)('%s takes a reference of 15 characters', (action, account, active) =>
    lendCase('documented', async ({ run, row }) => {
      const step = await run(action, { account: account.slice(0, 15) })
      expect(step.output.Success).toBe(true)
      expect(row(account).IsActive).toBe(active)
    }),
  )
})

describe('enable, disable and delete by SCIM', () => {
  test.concurrent.each(switches)('%s fails when the account is afterwards as it was', (action, account) =>
    withCase(
      'documented',
      async ({ run }) => {
        const step = await run(action, { account, settings })
        expect(step.code).toBe(1)
        expect(step.said).toMatch(/the account is still (in)?active/)
        expect(step.said).not.toContain('successful')
      },
      ({ method }) =>
        method === 'PATCH'
          ? ({ status, body }) => {
              const flip = body.includes('"active":true') ? 'false' : 'true'
              return { status, body: body.replace(/"active":(true|false)/, `"active":${flip}`) }
            }
          : undefined,
    ),
  )

  test.concurrent.each(switches)(
    '%s reads the account again when the PATCH answers nothing',
    (action, account) =>
      withCase(
        'documented',
        async ({ run }) => {
          const step = await run(action, { account, settings })
          expect(step.output.Success).toBe(true)
          const scim = step.requests.filter(({ path }) => path.startsWith('/services/scim/'))
          expect(scim.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET'])
        },
        ({ method }) => (method === 'PATCH' ? () => ({ status: 204, body: '' }) : undefined),
      ),
  )

  test.concurrent('an account that vanishes between reading and writing is never a silent success', () =>
    withHost(
      'documented',
      async ({ run }) => {
        const step = await run('enable', { account: users.leaver })
        expect(step.code).toBe(1)
      },
      ({ method }) =>
        method === 'PATCH'
          ? {
              status: 404,
              body: '{"schemas":"[\\"urn:ietf:params:scim:api:messages:2.0:Error\\"]","detail":"No such resource","status":404}',
            }
          : undefined,
    ),
  )

  test.concurrent.each(['disable', 'delete'] as const)(
    '%s of an org without SCIM is not a success',
    (action) =>
      withCase({ scimEnabled: false }, async ({ run }) => {
        const step = await run(action, { account: users.obrien })
        expect(step.code).toBe(1)
        expect(step.said).toContain('API_DISABLED_FOR_ORG')
      }),
  )

  test.concurrent.each([
    ['a misspelt field', { titel: 'x' }, 1],
    ['a name that cannot be one', { 'Job Title': 'x' }, 1],
    ['an object', { title: {} }, 0],
    ['a field twice', { title: 'x', TITLE: 'y' }, 0],
    ['a manager that is no id', { manager: 'Ann' }, 0],
  ])('a leaver leaves, whatever is mapped: %s', (_what, Data, warned) =>
    withCase('documented', async ({ run, row }) => {
      const step = await run('disable', { account: users.obrien, Data: { city: 'x', ...Data } })
      expect(step.code).toBe(0)
      expect(row(users.obrien).IsActive).toBe(false)
      expect(step.output.Data).toHaveProperty('city')
      expect(step.stderr.split('\n').filter((line) => line.includes('It is left out'))).toHaveLength(warned)
    }),
  )
})

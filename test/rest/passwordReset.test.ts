import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { FaultEffect } from '../../simulator/faults/faults.ts'
import type { Given, Host } from '../lifecycle/host.ts'
import { joiner, withRest, withRestCase } from './host.ts'

const { users } = seedIds
const settings = { PasswordResetOnFirstEnable: true }
const create: Given = { Data: joiner, settings }

/** Mails that went out to the joiner, by the org's own count; to anybody, where that is asked. */
function mails({ org }: Host, user = org.user(joiner.Username)?.Id): number {
  return org.org.passwordResetsOf(user ?? '')
}

async function createJoiner(host: Host, given: Given = create): Promise<string> {
  const { code, output } = await host.run('create', given)
  expect([code, host.org.org.passwordResets.size]).toEqual([0, 0])
  return String(output.AccountReference)
}

const sent = (account: string): string => `Salesforce sends account [${account}] the mail to set a password`

test('a new account gets the mail when it is enabled, once, and nobody is told the password', async () => {
  await withRest({}, async (host) => {
    const account = await createJoiner(host)
    const step = await host.run('enable', { account, settings })
    expect([step.code, mails(host)]).toEqual([0, 1])
    expect(step.said).toContain(sent(account))
    expect(step.writes.at(-1)).toMatchObject({
      method: 'DELETE',
      path: expect.stringMatching(/\/password$/) as string,
    })
    expect(step.stdout + step.stderr).not.toContain(host.org.org.passwords.get(account))
    const again = await host.run('enable', { account, settings })
    expect([again.code, again.writes, mails(host)]).toEqual([0, [], 1])
  })
})

test('nobody gets it unless the setting says so', async () => {
  await withRestCase({}, async (host) => {
    const account = await createJoiner(host, { Data: joiner })
    const step = await host.run('enable', { account })
    expect([step.code, mails(host)]).toEqual([0, 0])
    expect(step.requests.map(({ search }) => search).join()).not.toMatch(/LastLoginDate|CreatedById/)
  })
})

test.each<[string, Given, number]>([
  [
    'a new account that is created active gets it at its first enable',
    { ...create, settings: { ...settings, CreateActive: true } },
    1,
  ],
  ['an account with a password of its own gets none', create, 0],
])('%s', async (_what, given, count) => {
  await withRestCase({}, async (host) => {
    const account = await createJoiner(host, given)
    if (count === 0)
      host.change(account, { IsActive: true, LastPasswordChangeDate: '2090-01-01T00:00:00.000Z' })
    const step = await host.run('enable', { account, settings })
    expect([step.code, mails(host)]).toEqual([0, count])
    expect((await host.run('enable', { account, settings })).code).toBe(0)
    expect(mails(host)).toBe(count)
  })
})

test('somebody who has signed in gets none, at the first enable and as a rehire', async () => {
  await withRestCase({}, async (host) => {
    const account = await createJoiner(host)
    host.change(account, { LastLoginDate: '2026-01-01T00:00:00.000Z' })
    for (const action of ['enable', 'disable', 'enable'] as const) {
      expect((await host.run(action, { account, settings })).code).toBe(0)
    }
    expect([host.row(account).IsActive, mails(host)]).toEqual([true, 0])
  })
})

test('an account that is correlated gets none, then nor when it is enabled and is active already, nor unfrozen', async () => {
  await withRestCase({}, async (host) => {
    const account = users.annBoss
    const correlate = { field: 'EmployeeNumber', value: '100001' }
    const correlated = await host.run('create', { ...create, correlate })
    expect([correlated.output.AccountReference, correlated.output.AccountCorrelated]).toEqual([account, true])
    expect((await host.run('enable', { account, settings })).writes).toEqual([])
    host.org.freeze(account, users.integration)
    const unfrozen = await host.run('enable', { account, settings })
    expect([unfrozen.code, unfrozen.writes.length, host.org.org.passwordResets.size]).toEqual([0, 1, 0])
  })
})

test('an account that was made by others is sent one when it is enabled first, and once', async () => {
  await withRestCase({}, async (host) => {
    const account = users.leaver
    host.org.fault({ when: { path: /password$/ }, effect: failure(500, 'UNKNOWN_EXCEPTION', 'no') })
    const failed = await host.run('enable', { account, settings })
    expect([failed.code, failed.said]).toEqual([
      1,
      expect.stringContaining('. Have it sent by hand (Setup > Users > Reset Password)') as string,
    ])
    // Nothing in the org tells it from one that was active before and only correlated.
    expect([(await host.run('enable', { account, settings })).code, mails(host, account)]).toEqual([0, 0])
    host.change(account, { IsActive: false })
    expect([(await host.run('enable', { account, settings })).code, mails(host, account)]).toEqual([0, 1])
  })
})

test('a dry run says that it would be sent', async () => {
  await withRestCase({}, async (host) => {
    const account = await createJoiner(host)
    const step = await host.run('enable', { account, settings, dryRun: true })
    expect([step.code, mails(host)]).toEqual([0, 0])
    expect(step.said).toContain(
      `[DryRun] Would have Salesforce send account [${account}] the mail to set a password`,
    )
    expect(step.stderr).toContain(
      `[DryRun] Would send DELETE /services/data/v66.0/sobjects/User/${account}/password`,
    )
  })
})

const failure = (status: number, errorCode: string, message: string): FaultEffect => ({
  kind: 'answer',
  status,
  body: [{ errorCode, message }],
})
const failures: readonly [string, FaultEffect, string][] = [
  [
    'Salesforce cannot send it for now',
    failure(500, 'UNKNOWN_EXCEPTION', 'An error of no name'),
    'An error of no name',
  ],
  [
    'the right is missing',
    failure(403, 'INSUFFICIENT_ACCESS', 'You do not have permission'),
    'You do not have permission',
  ],
  ['the connection breaks', { kind: 'reset' }, 'broke the connection off'],
]

describe.each(['none', 'created'] as const)(
  'in an org where a new user has the date of %s for its password',
  (newPasswordDate) => {
    test.each(failures)(
      'when %s, the enabled account is not called done, and the next run sends it',
      async (_what, effect, says) => {
        await withRestCase({ newPasswordDate }, async (host) => {
          const account = await createJoiner(host)
          host.org.fault({ when: { path: /password$/ }, effect })
          const step = await host.run('enable', { account, settings })
          expect([step.code, host.row(account).IsActive, mails(host)]).toEqual([1, true, 0])
          expect(step.said).toContain(
            `Could not have the password mail sent to account [${account}], which is enabled. Error: `,
          )
          expect(step.said).toContain(says)
          expect(step.said).toContain(
            '. Run this again, or have it sent by hand (Setup > Users > Reset Password)',
          )
          const again = await host.run('enable', { account, settings })
          expect([again.code, mails(host)]).toEqual([0, 1])
          expect(again.said).toContain(sent(account))
        })
      },
    )
  },
)

test('a mail whose answer is lost is not sent a second time', async () => {
  await withRestCase({}, async (host) => {
    const account = await createJoiner(host)
    host.org.fault({ when: { path: /password$/ }, effect: { kind: 'commit-then-reset' } })
    expect((await host.run('enable', { account, settings })).code).toBe(1)
    expect([(await host.run('enable', { account, settings })).code, mails(host)]).toEqual([0, 1])
  })
})

test('what Salesforce refuses for good, as under single sign-on, is told and lets the enable succeed', async () => {
  await withRestCase({}, async (host) => {
    const account = await createJoiner(host)
    const message = 'Password not reset for Single Sign-On User.'
    host.org.fault({ when: { path: /password$/ }, effect: failure(400, 'INVALID_OPERATION', message) })
    const step = await host.run('enable', { account, settings })
    expect([step.code, host.row(account).IsActive]).toEqual([0, true])
    expect(step.said).toContain(
      `No password mail was sent to account [${account}], because Salesforce refused it: ${message}`,
    )
  })
})

test('nobody gets it where the integration user cannot see who has signed in', async () => {
  await withRestCase({}, async (host) => {
    const account = await createJoiner(host)
    host.change(account, { LastLoginDate: '2026-01-01T00:00:00.000Z' })
    host.org.fault({
      when: { search: /LastLoginDate/, times: Infinity },
      effect: failure(400, 'INVALID_FIELD', "No such column 'LastLoginDate' on entity 'User'"),
    })
    host.org.fault({
      when: { path: /describe$/, times: Infinity },
      effect: { kind: 'answer', status: 200, body: { fields: [{ name: 'Id' }, { name: 'IsActive' }] } },
    })
    const step = await host.run('enable', { account, settings })
    expect([step.code, host.row(account).IsActive, mails(host)]).toEqual([1, true, 0])
    expect(step.said).toContain('the integration user cannot see the field LastLoginDate of User')
    expect(host.org.unfiredFaults()).toEqual([])
  })
})

test('a name in the mapping that is no field gives nobody a mail who has signed in', async () => {
  await withRestCase({}, async (host) => {
    const account = await createJoiner(host)
    host.change(account, { LastLoginDate: '2026-01-01T00:00:00.000Z' })
    const step = await host.run('enable', { account, settings, Data: { Titel: 'x' } })
    expect([step.code, mails(host)]).toEqual([0, 0])
  })
})

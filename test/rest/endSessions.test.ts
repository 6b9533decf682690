import { makeId } from '../../simulator/org/ids.ts'
import type { Fault, FaultEffect } from '../../simulator/faults/faults.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { Given, Host } from '../lifecycle/host.ts'
import { shortly, withRecords, withRecordsCase } from './records.ts'

const { users, authSessions } = seedIds
const account = users.annBoss
const settings = { EndSessionsOnDisable: true }
const on: Given = { account, settings }

/** Sessions and tokens that a user has. */
function left({ org }: Host): [sessions: number, tokens: number] {
  const { authSessions: sessions, oauthTokens } = org.org
  return [sessions.where('UsersId', account).length, oauthTokens.where('UserId', account).length]
}

test('a leaver is frozen, then has no session and no token any more, then is deactivated', async () => {
  await withRecords({}, async (host) => {
    const step = await host.run('disable', on)
    expect(step.code).toBe(0)
    expect(left(host)).toEqual([0, 0])
    expect(host.row(account).IsActive).toBe(false)
    expect(step.said).toContain(`Ended 2 sessions of account [${account}]`)
    expect(step.said).toContain(`Ended 2 OAuth tokens of account [${account}]`)
    const login = host.org.org.userLogins.where('UserId', account)[0]?.Id ?? ''
    expect(shortly(step.requests).slice(0, 9)).toEqual([
      'query User',
      'query UserLogin',
      `PATCH /sobjects/UserLogin/${login}`,
      'query AuthSession',
      'DELETE /composite/sobjects',
      'POST /composite',
      'POST /services/oauth2/revoke',
      'POST /services/oauth2/revoke',
      'POST /composite',
    ])
    const again = await host.run('disable', on)
    expect([again.code, again.writes]).toEqual([0, []])
  })
})

test('no token that is revoked is in an address, a log or an audit line, and the revocation is told without it', async () => {
  await withRecords({}, async (host) => {
    host.org.fault({
      when: { path: /oauth2\/revoke/, body: /delete-token-1/ },
      effect: {
        kind: 'answer',
        status: 400,
        body: { error: 'server_error', error_description: 'no delete-token-1' },
      },
    })
    const step = await host.run('disable', { account, settings: { ...settings, LogRequestBodies: true } })
    expect(step.said).toContain('Could not end 1 of 2 OAuth tokens')
    expect(step.said).toContain('[Data Loader]')
    const urls = step.requests.map(({ path, search }) => path + search).join('\n')
    expect(step.stderr).toContain('/services/oauth2/revoke')
    expect(step.stdout + step.stderr + urls).not.toContain('delete-token')
  })
})

test.each(['disable', 'delete'] as const)(
  '%s looks at no session and no token unless it is told to',
  async (action) => {
    await withRecordsCase({}, async (host) => {
      const step = await host.run(action, { account })
      expect(step.code).toBe(0)
      expect(left(host)).toEqual([2, 2])
      expect(JSON.stringify(step.requests)).not.toMatch(/AuthSession|OauthToken|revoke/)
    })
  },
)

test.each([
  ['delete', settings, false],
  ['disable', { ...settings, DisableMode: 'freeze' }, true],
  ['disable', { ...settings, DisableMode: 'deactivate' }, false],
] as const)('%s with %j ends them too, and once', async (action, given, isActive) => {
  await withRecordsCase({}, async (host) => {
    const step = await host.run(action, { account, settings: given })
    expect([step.code, left(host), host.row(account).IsActive]).toEqual([0, [0, 0], isActive])
    expect(shortly(step.requests).filter((each) => each === 'query AuthSession')).toHaveLength(1)
    const again = await host.run(action, { account, settings: given })
    expect([again.code, again.writes]).toEqual([0, []])
  })
})

test.each(['freeze-then-deactivate', 'deactivate'])(
  'with %s, they end also where Salesforce refuses the deactivation',
  async (DisableMode) => {
    await withRecordsCase({}, async (host) => {
      const message =
        'You cannot deactivate this user. You cannot deactivate a user who is the default workflow user'
      host.org.org.blockers.set(account, { code: 'FIELD_INTEGRITY_EXCEPTION', message })
      const step = await host.run('disable', { account, settings: { ...settings, DisableMode } })
      expect([step.code, left(host), host.row(account).IsActive]).toEqual([1, [0, 0], true])
      expect(step.output.AuditLogs?.map(({ IsError }) => IsError)).toEqual([true, false, false])
      expect(step.said).toContain('default workflow user')
      expect(step.said.includes('The account is frozen')).toBe(DisableMode !== 'deactivate')
    })
  },
)

test('a dry run counts them and touches none', async () => {
  await withRecordsCase({}, async (host) => {
    const step = await host.run('disable', { ...on, dryRun: true })
    expect([step.code, left(host)]).toEqual([0, [2, 2]])
    expect(step.said).toContain(`[DryRun] Would end 2 sessions of account [${account}]`)
    expect(step.said).toContain(`[DryRun] Would end 2 OAuth tokens of account [${account}]`)
    expect(step.stderr).not.toContain('delete-token')
    expect(step.stderr).toContain('[DryRun] Would send POST /services/oauth2/revoke')
  })
})

test('sessions end 200 at a time, and those that end meanwhile are as they should be', async () => {
  await withRecordsCase({ goneInCollection: 'INVALID_CROSS_REFERENCE_KEY' }, async (host) => {
    const { org } = host.org
    const one = org.authSessions.get(authSessions.one)
    if (one === undefined) throw new Error('the seed has that session')
    for (let n = 0; n < 299; n++) org.authSessions.insert({ ...one, Id: makeId('0Ak', 2000 + n) })
    host.org.fault({
      when: { method: 'GET', search: /AuthSession/ },
      change: () => org.authSessions.delete(makeId('0Ak', 2000)),
    })
    const step = await host.run('disable', on)
    expect([step.code, left(host)]).toEqual([0, [0, 0]])
    expect(step.said).toContain('Ended 301 sessions')
    const removals = step.writes.filter(({ method }) => method === 'DELETE')
    expect(removals.map(({ query }) => query['ids']?.split(',').length)).toEqual([200, 101])
    expect(removals.map(({ query }) => query['allOrNone'])).toEqual(['false', 'false'])
  })
})

const refusal = (status: number, errorCode: string, message: string): FaultEffect => ({
  kind: 'answer',
  status,
  body: [{ errorCode, message }],
})

test.each<[string, Fault, string, [number, number]]>([
  [
    'the integration user may not see sessions',
    {
      when: { search: /AuthSession/ },
      effect: refusal(400, 'INVALID_TYPE', "sObject type 'AuthSession' is not supported."),
    },
    `Could not end the sessions of account [${account}]. Error: sObject type 'AuthSession' is not supported. (INVALID_TYPE): the integration user cannot see the sessions of others: give it the right Manage Users`,
    [2, 0],
  ],
  [
    'one token cannot be revoked',
    { when: { path: /revoke/ }, effect: refusal(403, 'INSUFFICIENT_ACCESS', 'no') },
    'Could not end 1 of 2 OAuth tokens of account',
    [0, 1],
  ],
  [
    'one session cannot be ended',
    {
      when: { method: 'DELETE', path: /composite\/sobjects/ },
      effect: {
        kind: 'answer',
        status: 200,
        body: [
          {
            id: authSessions.one,
            success: false,
            errors: [{ statusCode: 'DELETE_FAILED', message: 'in use' }],
          },
          {
            id: authSessions.two,
            success: false,
            errors: [{ statusCode: 'DELETE_FAILED', message: 'in use' }],
          },
        ],
      },
    },
    'Could not end 2 of 2 sessions of account',
    [2, 0],
  ],
])('when %s, that is an error, the rest ends, and the leaver is out', async (_what, fault, says, rest) => {
  await withRecordsCase({}, async (host) => {
    host.org.fault(fault)
    const step = await host.run('disable', on)
    expect([step.code, left(host), host.row(account).IsActive]).toEqual([1, rest, false])
    expect(step.said).toContain(says)
    expect(step.said).toContain('was successful')
    const again = await host.run('disable', on)
    expect([again.code, left(host)]).toEqual([0, [0, 0]])
  })
})

test('where the org takes no collection of sessions, they end one by one', async () => {
  await withRecordsCase({ sessionsInCollection: 'refused' }, async (host) => {
    const step = await host.run('disable', on)
    expect([step.code, left(host)]).toEqual([0, [0, 0]])
    expect(step.said).toContain('Ended 2 sessions')
    const ids = [authSessions.one, authSessions.two]
    expect(shortly(step.writes)).toEqual(
      expect.arrayContaining(ids.map((id) => `DELETE /sobjects/AuthSession/${id}`)),
    )
  })
})

test.each([false, true])(
  'who may not see the tokens of others does not take that for none (dry run: %s)',
  async (dryRun) => {
    await withRecordsCase({}, async (host) => {
      host.org.org.missingRights.set(users.integration, new Set(['CustomizeApplication']))
      const step = await host.run('disable', { ...on, dryRun })
      expect([step.code, left(host)[1], host.row(account).IsActive]).toEqual([1, 2, dryRun])
      expect(step.said).toContain(
        `Could not end the OAuth tokens of account [${account}]. Error: the integration user cannot see the OAuth tokens of others: give it the right Customize Application (Setup > Permission Sets)`,
      )
    })
  },
)

test('a revocation whose answer is lost is looked up and not called a failure', async () => {
  await withRecordsCase({}, async (host) => {
    host.org.fault({ when: { path: /revoke/ }, effect: { kind: 'commit-then-reset' } })
    const step = await host.run('disable', on)
    expect([step.code, left(host)]).toEqual([0, [0, 0]])
    expect(step.said).toContain('Ended 2 OAuth tokens')
  })
})

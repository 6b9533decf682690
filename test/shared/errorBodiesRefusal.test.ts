import { seedIds } from '../../simulator/seed/seedIds.ts'
import { withHost } from '../lifecycle/host.ts'

const { users } = seedIds

test('a 200 that holds an error is a failure with what it says', () =>
  withHost({}, async ({ org, run, row }) => {
    const fault = org.fault({
      when: { path: /scim\/v2\/Users/, method: 'PATCH' },
      effect: {
        kind: 'answer',
        status: 200,
        body: {
          schemas: '["urn:ietf:params:scim:api:messages:2.0:Error"]',
          detail: 'CANNOT_DISABLE_LAST_ADMIN:not this one;',
          status: 409,
        },
      },
    })
    const step = await run('disable', { account: users.obrien })
    expect(fault.fired).toBe(1)
    expect(step.code).toBe(1)
    expect(step.said).toContain(
      'not this one (CANNOT_DISABLE_LAST_ADMIN): make another user an administrator first',
    )
    expect(row(users.obrien).IsActive).toBe(true)
  }))

test('a group lock in a 400 is waited for, because nothing was done', () =>
  withHost({}, async ({ org, run, row }) => {
    const fault = org.fault({
      when: { path: /scim\/v2\/Users/, method: 'PATCH' },
      effect: {
        kind: 'answer',
        status: 400,
        body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'Group membership operation already in progress' }],
      },
    })
    const step = await run('disable', { account: users.obrien })
    expect(fault.fired).toBe(1)
    expect(step.code).toBe(0)
    expect(row(users.obrien).IsActive).toBe(false)
  }))

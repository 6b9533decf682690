import { seedIds } from '../../simulator/seed/seedIds.ts'
import { joiner, withRestCase } from './host.ts'

const { users, roles, profiles } = seedIds
const account = users.obrien
const viewSetup =
  'cannot see which profile users have (User.ProfileId): give it the right View Setup and Configuration'

describe('an integration user without View Setup and Configuration', () => {
  test.concurrent.each([true, false])('is told so by create, and nobody is created (dry run: %s)', (dryRun) =>
    withRestCase('documented', async ({ run, org: { org } }) => {
      org.missingRights.set(users.integration, new Set(['ViewSetup', 'ViewRoles']))
      const Data = { ...joiner, ProfileId: '' }
      const settings = { DefaultProfile: profiles.salesReps }
      const step = await run('create', { Data, settings, dryRun })
      expect(step.code).toBe(1)
      expect(step.said).toContain(viewSetup)
      expect(step.said).not.toContain('is not a field of User')
    }),
  )

  test.concurrent('is told so by update', () =>
    withRestCase('documented', async ({ run, org: { org } }) => {
      org.missingRights.set(users.integration, new Set(['ViewSetup', 'ViewRoles']))
      const Data = { ProfileId: 'Read Only', UserRoleId: roles.apacSales }
      const step = await run('update', { account, Data })
      expect(step.code).toBe(1)
      expect(step.said).toContain('the right View Setup and Configuration')
    }),
  )

  test.concurrent.each(['User.UserType', 'User.UserRoleId'])(
    'can preview a change of profile where %s, which decides on a role, is hidden',
    (name) =>
      withRestCase('documented', async ({ run, org: { org } }) => {
        org.hidden.set(users.integration, new Set([name]))
        const step = await run('update', { account, Data: { ProfileId: 'Read Only' }, dryRun: true })
        expect([step.code, step.said]).toEqual([0, expect.stringContaining('Would update')])
      }),
  )

  test.concurrent('can still disable, whatever the mapping shows', () =>
    withRestCase('documented', async ({ run, row, org: { org } }) => {
      org.missingRights.set(users.integration, new Set(['ViewSetup', 'ViewRoles']))
      const step = await run('disable', { account, Data: { ProfileId: '', UserRoleId: '', Title: '' } })
      expect([step.code, row(account).IsActive]).toEqual([0, false])
    }),
  )

  test.concurrent('can still disable where the profile is shown and its name is not', () =>
    withRestCase('documented', async ({ run, row, org: { org } }) => {
      org.hidden.set(users.integration, new Set(['Profile']))
      const step = await run('disable', { account, Data: { ProfileId: '', Title: '' } })
      expect([step.code, row(account).IsActive]).toEqual([0, false])
    }),
  )
})

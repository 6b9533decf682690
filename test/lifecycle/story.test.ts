import { seedIds } from '../../simulator/seed/seedIds.ts'
import { withRest } from './hosts.ts'
import { dialects } from './dialects.ts'
import { joiner } from './host.ts'

const { users, profiles, roles, permissionSets } = seedIds
const settings = { DefaultProfile: 'Standard User', DisableMode: 'deactivate' }
const correlate = { field: 'employeeNumber', value: joiner.employeeNumber }

/** By built scripts in the documented org, for both connectors; in all others within this process. */
const lives = [
  ...dialects.map(([name, dialect, lend]) => [name, dialect, lend] as const),
  ['seen by the REST connector', 'documented', withRest] as const,
]

describe.each(lives)('in the org %s, a person', (_name, dialect, lend) => {
  test.concurrent('joins, moves, leaves and comes back, and is one account all the time', () =>
    lend(dialect, async ({ run, row, org }) => {
      const size = org.org.users.size
      const { profile: _, ...person } = joiner
      const joined = {
        ...person,
        nickName: 'j.devries',
        phone: '+31 20 1',
        mobilePhone: '+31 6 1',
        title: 'Account manager',
        department: 'Sales',
        companyName: 'Acme',
        role: 'EMEA Sales',
      }

      // Joins: created inactive, found again, enabled.
      const unique = await run('uniquenessCheck', { Data: joined, settings })
      expect(unique.output.NonUniqueFields).toEqual([])
      const created = await run('create', { Data: joined, correlate, manager: users.annBoss, settings })
      const account = created.output.AccountReference
      const repeated = await run('create', { Data: joined, correlate, manager: users.annBoss, settings })
      expect(repeated.output).toMatchObject({ AccountReference: account, AccountCorrelated: true })
      const enabled = await run('enable', { account, settings })
      expect(enabled.output.Success).toBe(true)
      expect(row(String(account))).toMatchObject({
        IsActive: true,
        ManagerId: users.annBoss,
        UserRoleId: roles.emeaSales,
        Phone: '+31 20 1',
        MobilePhone: '+31 6 1',
      })
      org.org.permissionSetAssignments.insert({
        Id: org.org.nextId('0Pa'),
        AssigneeId: String(account),
        PermissionSetId: permissionSets.reportBuilder,
        PermissionSetGroupId: null,
        ExpirationDate: null,
        IsActive: true,
        IsRevoked: false,
        SystemModstamp: '2026-01-01T00:00:00.000Z',
      })

      // Moves and marries: what changes is written once.
      const moved = {
        ...joined,
        userName: 'j.smit@acme.example',
        familyName: 'Smit',
        title: 'Consultant',
        department: 'Customer\'s "Success" & más',
        phone: null,
        role: 'SVP Service',
        manager: users.admin,
        profile: 'Read Only',
      }
      const update = await run('update', { account, Data: moved, settings })
      expect(update.output.Success).toBe(true)
      expect(row(String(account))).toMatchObject({
        Username: 'j.smit@acme.example',
        LastName: 'Smit',
        Title: 'Consultant',
        Department: 'Customer\'s "Success" & más',
        Phone: null,
        MobilePhone: '+31 6 1',
        CompanyName: 'Acme',
        UserRoleId: roles.svpService,
        ManagerId: users.admin,
        ProfileId: profiles.readOnly,
      })
      const same = await run('update', { account, Data: moved, settings })
      expect([same.writes, same.output.Data]).toEqual([[], update.output.Data])

      // Leaves: disabled, deleted, and both again.
      for (const action of ['disable', 'delete', 'disable', 'delete'] as const) {
        const step = await run(action, { account, origin: 'enforcement', settings })
        expect(step.output.Success).toBe(true)
        expect(row(String(account)).IsActive).toBe(false)
        expect(step.writes.length).toBe(action === 'disable' && step.said.includes('successful') ? 1 : 0)
      }
      const taken = await run('uniquenessCheck', { Data: { userName: 'j.smit@acme.example' }, settings })
      expect(taken.output.NonUniqueFields).toEqual(['userName'])

      // Comes back: the same account, with what it had.
      const back = await run('create', { Data: moved, correlate, settings })
      expect(back.output).toMatchObject({ AccountReference: account, AccountCorrelated: true })
      expect(back.writes).toEqual([])
      const returned = await run('enable', { account, settings })
      expect(returned.output.Success).toBe(true)
      expect(row(String(account))).toMatchObject({ IsActive: true, Username: 'j.smit@acme.example' })
      expect(org.org.assignmentsOf(String(account))).toHaveLength(1)
      expect(org.org.users.size).toBe(size + 1)
      expect(org.requests.filter(({ method }) => ['PUT', 'DELETE'].includes(method))).toEqual([])
    }),
  )
})

import { lockKeysOf } from '../../shared/lifecycle/lockKeys.ts'
import type { ActionName } from '../../shared/host/actions.ts'
import type { ActionContext } from '../../shared/host/context.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'

const Configuration = { BaseUrl: 'https://acme.my.salesforce.com/' }
const lanes = (name: ActionName, context: Partial<ActionContext> = {}): string[] =>
  lockKeysOf(name, { actionContext: { DryRun: false, Configuration, ...context } })
const lock = 'acme.my.salesforce.com memberships'
const { annBoss } = seedIds.users

test('actions of one account share a lane, whichever form its reference has', () => {
  const forms = [annBoss, annBoss.slice(0, 15), ` ${annBoss} `, { Id: annBoss }, { reference: annBoss }]
  const found = forms.flatMap((Account) => lanes('disable', { References: { Account } }))
  expect(new Set(found)).toEqual(new Set([`acme.my.salesforce.com account ${annBoss.slice(0, 15)}`]))
  expect(found).toHaveLength(forms.length)
})

test('the same id in another org, a sandbox perhaps, is another account', () => {
  const References = { Account: annBoss }
  const [here] = lanes('enable', { References })
  const [there] = lanes('enable', {
    References,
    Configuration: { baseurl: 'https://acme--dev.sandbox.my.salesforce.com' },
  })
  expect(there).not.toBe(here)
})

test('a create has the lanes of its correlation value and of its user name, which the uniqueness check shares', () => {
  const Data = { UserName: 'A@b.example' }
  const CorrelationConfiguration = { Enabled: true, PersonFieldValue: ' E1 ', AccountFieldValue: 'other' }
  const found = lanes('create', { Data, CorrelationConfiguration })
  expect(found).toEqual([
    'acme.my.salesforce.com user name a@b.example',
    'acme.my.salesforce.com correlation e1',
  ])
  expect(lanes('uniquenessCheck', { Data })).toEqual(found.slice(0, 1))
  // Salesforce's own name of the field, which another connector uses.
  expect(lanes('create', { Data: { Username: 'a@b.example' } })).toEqual(found.slice(0, 1))
})

const permission = (Type: string, Reference: string): Partial<ActionContext> => ({
  References: { Permission: { Type, Reference } },
})

test.each<[string, ActionName, Partial<ActionContext>]>([
  ['a create with a role', 'create', { Data: { role: 'CEO' } }],
  ["a create with a role in Salesforce's words", 'create', { Data: { Username: 'x', UserRoleId: 'CEO' } }],
  ["a create with a role in the older connector's words", 'create', { Data: { UserRole: 'CEO' } }],
  ["an update with a role in Salesforce's words", 'update', { Data: { UserRoleId: 'CEO' } }],
  [
    'an update that clears the role in those words',
    'update',
    { Data: { UserRoleId: null }, PreviousData: { UserRoleId: 'CFO' } },
  ],
  ['an update with a role, where the last mapping is not told', 'update', { Data: { Role: 'CEO' } }],
  ['an update with another role', 'update', { Data: { role: 'CEO' }, PreviousData: { role: 'CFO' } }],
  ['an update that clears the role', 'update', { Data: { role: '' }, PreviousData: { role: 'CFO' } }],
  ['a grant of a role', 'grantPermission', permission('Role', seedIds.roles.ceo)],
  ['a revoke of a public group', 'revokePermission', permission('PublicGroup', seedIds.groups.allManagers)],
  ['a grant of a queue', 'grantPermission', permission('Queue', seedIds.groups.leadsQueue)],
  ['a revoke of a territory', 'revokePermission', permission('Territory', seedIds.territories.benelux)],
  ['resources', 'resources', {}],
  ['a disable that strips', 'disable', { Configuration: { ...Configuration, OnDisable: 'strip' } }],
  ['a delete that strips', 'delete', { Configuration: { ...Configuration, ondisable: 'Strip' } }],
  ['an enable that strips', 'enable', { Configuration: { ...Configuration, OnEnable: 'strip' } }],
])('%s waits for other changes of memberships, unless it is a dry run', (_, name, context) => {
  expect(lanes(name, context)).toContain(lock)
  expect(lanes(name, { ...context, DryRun: true })).not.toContain(lock)
})

test.each<[string, ActionName, Partial<ActionContext>]>([
  ['a create without a role', 'create', { Data: { userName: 'x', role: '' } }],
  ['an update without a role', 'update', { Data: { title: 'CEO' } }],
  [
    'an update with the role of the last mapping',
    'update',
    { Data: { role: 'CEO' }, PreviousData: { ROLE: 'CEO' } },
  ],
  [
    "an update with the role of the last mapping in Salesforce's words",
    'update',
    { Data: { UserRoleId: 'CEO' }, PreviousData: { userroleid: 'CEO' } },
  ],
  [
    'a grant of a permission set',
    'grantPermission',
    permission('PermissionSet', seedIds.permissionSets.salesOps),
  ],
  ['a grant of what cannot be read', 'grantPermission', permission('Role', 'none')],
  ['a grant of nothing', 'grantPermission', {}],
  ['a disable', 'disable', {}],
  [
    'an enable that strips what a disable would',
    'enable',
    { Configuration: { ...Configuration, OnDisable: 'strip' } },
  ],
  ['a list of permissions', 'listPermissions', {}],
  ['a uniqueness check', 'uniquenessCheck', { Data: { role: 'CEO' } }],
])('%s waits for none', (_, name, context) => {
  expect(lanes(name, context)).not.toContain(lock)
})

test('a context that holds anything at all has lanes', () => {
  for (const BaseUrl of [undefined, null, 7, 'not an address', {}]) {
    expect(
      lanes('update', { Configuration: { BaseUrl }, References: { Account: { Id: 7, x: null } } }),
    ).toHaveLength(1)
  }
  expect(lockKeysOf('update', { actionContext: { DryRun: false } })).toEqual([])
})

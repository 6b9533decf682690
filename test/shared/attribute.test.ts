import { enterprise, profileOf, readAttribute, roleOf, writeAttribute } from '../../shared/scim/attribute.ts'
import { enterpriseSchema } from '../../shared/scim/schema.ts'

/** A user as Salesforce is known to send it: one e-mail address, profile and permission sets in one list. */
const user = {
  id: '0055g0000000003AAA',
  userName: 'ann.boss@acme.example',
  active: true,
  name: { givenName: 'Ann', familyName: 'Boss' },
  emails: [{ type: 'work', primary: true, value: 'ann@acme.example' }],
  phoneNumbers: [
    { type: 'work', value: '1' },
    { type: 'mobile', value: '2' },
  ],
  addresses: [{ type: 'work', primary: true, locality: 'Utrecht' }],
  entitlements: [
    { value: '0PS5g0000000001AAA', display: 'Sales Ops', type: 'PermissionSet' },
    { value: '00e5g0000000002AAA', display: 'Standard User', type: 'Profile', primary: true },
  ],
  roles: [{ value: '00E5g0000000001AAA', display: 'CEO' }],
  [enterpriseSchema]: {
    department: 'Sales',
    manager: { value: '0055g0000000002AAA', displayName: 'Admin' },
    delegatedApprover: { delegatedApproverId: '0055g0000000004AAA' },
    employeeNumber: 100001,
  },
}

test.each([
  ['userName', 'ann.boss@acme.example'],
  ['active', 'true'],
  ['name.familyName', 'Boss'],
  ['name.middleName', ''],
  ['emails', 'ann@acme.example'],
  ['phoneNumbers.work', '1'],
  ['phoneNumbers.mobile', '2'],
  ['phoneNumbers.fax', ''],
  ['addresses.locality', 'Utrecht'],
  ['addresses.country', ''],
  ['entitlements.profile', '00e5g0000000002AAA'],
  ['roles', '00E5g0000000001AAA'],
  [enterprise('department'), 'Sales'],
  [enterprise('manager'), '0055g0000000002AAA'],
  [enterprise('delegatedApprover'), '0055g0000000004AAA'],
  [enterprise('employeeNumber'), '100001'],
  [enterprise('division'), ''],
  ['urn:salesforce:schemas:extension:00D5g000004AbCdEAK:Cost_Code__c', ''],
  ['title', ''],
])('%s of a user is read as %j', (name, expected) => {
  expect(readAttribute(user, name)).toBe(expected)
})

test.each([
  ['a list that is one object', { emails: { value: 'a' } }, 'emails', 'a'],
  [
    'the primary of several, wherever it stands',
    { emails: [{ value: 'a' }, { value: 'b', primary: true }] },
    'emails',
    'b',
  ],
  ['a primary that is a text', { emails: [{ value: 'a' }, { value: 'b', primary: 'true' }] }, 'emails', 'b'],
  ['the first where none is primary', { emails: [{ value: 'a' }, { value: 'b' }] }, 'emails', 'a'],
  ['an empty list', { emails: [] }, 'emails', ''],
  ['a list of nonsense', { emails: [null, 7, 'x', [{}]] }, 'emails', ''],
  ['null', { title: null }, 'title', ''],
  ['a value that is null', { emails: [{ value: null }] }, 'emails', ''],
  ['a name that is a text', { name: 'Ann' }, 'name.givenName', ''],
  ['an extension that is a list', { [enterpriseSchema]: [] }, enterprise('department'), ''],
  ['a boolean as text', { active: 'true' }, 'active', 'true'],
  ['a manager that is a bare id', { [enterpriseSchema]: { manager: '005' } }, enterprise('manager'), '005'],
  [
    'a profile that only its prefix tells',
    { entitlements: [{ value: '0PS1' }, { value: '00e1' }] },
    'entitlements.profile',
    '00e1',
  ],
])('%s is read with care', (_name, odd, name, expected) => {
  expect(readAttribute(odd, name)).toBe(expected)
})

test('the profile is found among the permission sets, and none where there is none', () => {
  expect(profileOf(user)).toMatchObject({ display: 'Standard User' })
  expect(profileOf({ entitlements: [{ value: '0PS1', type: 'PermissionSet' }] })).toBeUndefined()
  expect(profileOf({})).toBeUndefined()
  expect(roleOf(user)).toMatchObject({ display: 'CEO' })
  expect(roleOf({ roles: [] })).toBeUndefined()
})

test.each([
  ['userName', 'a', { userName: 'a' }],
  ['name.givenName', 'a', { name: { givenName: 'a' } }],
  ['emails', 'a', { emails: [{ type: 'work', primary: true, value: 'a' }] }],
  ['phoneNumbers.fax', 'a', { phoneNumbers: [{ type: 'fax', value: 'a' }] }],
  ['entitlements.profile', '00e1', { entitlements: [{ value: '00e1' }] }],
  ['roles', 'a', { roles: [{ value: 'a' }] }],
  [enterprise('department'), 'a', { [enterpriseSchema]: { department: 'a' } }],
  [enterprise('manager'), 'a', { [enterpriseSchema]: { manager: { value: 'a' } } }],
  [
    enterprise('delegatedApprover'),
    'a',
    { [enterpriseSchema]: { delegatedApprover: { value: 'a', delegatedApproverId: 'a' } } },
  ],
])('%s is written in the shape that Salesforce takes', (name, value, expected) => {
  const target = {}
  writeAttribute(target, name, value)
  expect(target).toEqual(expected)
  expect(readAttribute(target, name)).toBe(value)
})

test('parts of a name, an extension and an address come together', () => {
  const target = {}
  writeAttribute(target, 'name.givenName', 'Ann')
  writeAttribute(target, 'name.familyName', 'Boss')
  writeAttribute(target, 'addresses.locality', 'Utrecht')
  writeAttribute(target, 'addresses.country', 'Netherlands')
  expect(target).toEqual({
    name: { givenName: 'Ann', familyName: 'Boss' },
    addresses: [{ type: 'work', primary: true, locality: 'Utrecht', country: 'Netherlands' }],
  })
})

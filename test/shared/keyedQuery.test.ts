import { checkedRows, keyedQuery } from '../../shared/salesforce/rest/keyedQuery.ts'

const [account, other] = ['0055g0000000005AAA', '0055g0000000003AAA']
const login = keyedQuery('Id, UserId, IsFrozen', 'UserLogin', { UserId: account })

test('a row of another object than User has no user id: a write to it would name somebody', () => {
  const row = { Id: '0Yw5g0000000001AAA', UserId: account, IsFrozen: false }
  expect(checkedRows(login, [row])).toEqual([row])
  for (const Id of [other, account, other.slice(0, 15)]) {
    expect(() => checkedRows(login, [{ ...row, Id }])).toThrow(
      'Salesforce answered with a record that lacks Id',
    )
  }
})

test('a row of User has one', () => {
  const row = { Id: account, UserRoleId: null }
  expect(checkedRows(keyedQuery('Id, UserRoleId', 'User', { Id: account }), [row])).toEqual([row])
})

describe('a row that does not tell what is assigned is no evidence that it is not', () => {
  const row = {
    Id: '0Pa5g0000000001AAA',
    AssigneeId: account,
    PermissionSetId: '0PS5g0000000001AAA',
    PermissionSetGroupId: null,
  }
  const held = keyedQuery('Id, PermissionSetId, PermissionSetGroupId', 'PermissionSetAssignment', {
    AssigneeId: account,
  })

  test('one that tells is read', () => {
    expect(checkedRows(held, [row])).toEqual([row])
  })

  test.each([
    ['PermissionSetId', null],
    ['PermissionSetId', other],
    ['PermissionSetId', '0PG5g0000000001AAA'],
    ['PermissionSetId', 7],
    ['PermissionSetGroupId', other],
    ['PermissionSetGroupId', '0PS5g0000000001AAA'],
  ])('%s that is %j is refused', (column, value) => {
    expect(() => checkedRows(held, [{ ...row, [column]: value }])).toThrow(
      `Salesforce answered with a record that lacks ${column}`,
    )
  })

  test.each([
    ['PermissionSetLicenseAssign', 'AssigneeId', 'PermissionSetLicenseId'],
    ['GroupMember', 'UserOrGroupId', 'GroupId'],
  ])('so is a row of %s', (object, by, column) => {
    for (const value of [null, other]) {
      const wrong = { Id: '2LA5g0000000001AAA', [by]: account, [column]: value }
      const query = keyedQuery(`Id, ${column}`, object, { [by]: account })
      expect(() => checkedRows(query, [wrong])).toThrow(`lacks ${column}`)
    }
  })
})

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

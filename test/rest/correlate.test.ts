import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { FieldValue } from '../../simulator/org/rows.ts'
import { joiner, withRestCase } from './host.ts'

const { users } = seedIds
const org = { seed: { records: true } }

/** A field of each kind, a value of it, and a spelling in which a person may have it. */
const findable: readonly [field: string, stored: FieldValue | undefined, value: string][] = [
  ['Id', undefined, users.leaver],
  ['id', undefined, users.leaver.slice(0, 15)],
  ['MobilePhone', '+31 6 #1', '+31 6 #1'],
  ['Cost_Code__c', "50% _of 'all' \\", "50% _OF 'all' \\"],
  ['badge_number__C', 4499, '4499.0'],
  ['Remote_Worker__c', true, 'True'],
  ['Badge_Expires__c', '2026-12-31', '2026-12-31T00:00:00Z'],
  ['First_Shift__c', '2026-12-31T18:00:00.000Z', '2026-12-31T19:00:00+01:00'],
  ['Employment__c', 87.5, '87.50'],
  ['Buddy__c', users.admin, users.admin.slice(0, 15)],
  ['Private_Email__c', 'lea@home.example', 'Lea@home.example'],
]

test.concurrent.each(findable)('an account can be found by %s, here %s', (field, stored, value) =>
  withRestCase(org, async ({ run, change, org: { org: own } }) => {
    for (const user of own.users.values())
      if (field === 'Remote_Worker__c') change(user.Id, { [field]: false })
    const name =
      own.customFields.find((each) => each.name.toLowerCase() === field.toLowerCase())?.name ?? field
    if (stored !== undefined) change(users.leaver, { [name]: stored })
    const step = await run('create', { Data: joiner, correlate: { field, value } })
    expect(step.output).toMatchObject({
      Success: true,
      AccountCorrelated: true,
      AccountReference: users.leaver,
    })
    expect(step.writes).toEqual([])
    const asked = step.requests.map(({ query }) => query['q'] ?? '').join('\n')
    if (field === 'First_Shift__c') expect(asked).toContain('First_Shift__c = 2026-12-31T18:00:00.000Z ORDER')
    const preview = await run('create', { Data: joiner, correlate: { field, value }, dryRun: true })
    expect(preview.output).toMatchObject({ AccountCorrelated: true, AccountReference: users.leaver })
  }),
)

/** Values that would find somebody if they were read as a pattern or as a part of a query. */
test.concurrent.each([
  ['%'],
  ['_00001'],
  ['1000__'],
  ["' OR Id != '"],
  ["\\' OR Id != '"],
  ["100001' OR EmployeeNumber = '100002"],
  ['100001\n'.repeat(2)],
  ['100001 "'],
  ['100001&fields=x#y'],
  ['{!x} @{q0.records[0].Id}'],
  ['Ångström 你好 😀'],
])('%j finds nobody, and is what is created', (value) =>
  withRestCase('documented', async ({ run, row }) => {
    const Data = { ...joiner, FederationIdentifier: value }
    const correlate = { field: 'FederationIdentifier', value }
    const created = await run('create', { Data, correlate })
    expect(created.output).toMatchObject({ Success: true, AccountCorrelated: false })
    const id = created.output.AccountReference ?? ''
    expect(row(id).FederationIdentifier).toBe(value.trim())
    const other = await run('create', { Data: joiner, correlate: { field: 'EmployeeNumber', value } })
    expect(other.output.AccountCorrelated).not.toBe(true)
    const found = await run('create', { Data, correlate })
    expect(found.output).toMatchObject({ AccountCorrelated: true, AccountReference: id })
  }),
)

/** What no account can be found by: no account is made for it either. */
test.concurrent.each([
  ['EmployeNumber', '1', '[EmployeNumber] is not a field of User in this org: is EmployeeNumber meant?'],
  ['Cost_Kode__c', '1', 'is Cost_Code__c meant?'],
  ['Id', 'Ann', '[Id]: the value [Ann] is not a Salesforce id'],
  ['ManagerId', users.admin.slice(0, 14), 'is not a Salesforce id'],
  ['Badge_Number__c', 'abc', '[Badge_Number__c]: the value [abc] must be a number'],
  ['Badge_Number__c', '1 OR Id != null', 'must be a number'],
  ['Remote_Worker__c', 'yes', 'must be true or false'],
  ['Badge_Expires__c', '2026', 'must be a date'],
  ['First_Shift__c', 'now', 'must be a date and time'],
  ['Signature', 'x', '[Signature] is a field that Salesforce cannot search in'],
  ['Profile.Name', 'x', 'cannot be a field of User'],
  ['Id = null OR Id', 'x', 'cannot be a field of User'],
])('%s with [%s] is refused in words, and nothing is created', (field, value, words) =>
  withRestCase(org, async ({ run }) => {
    const given = { Data: joiner, correlate: { field, value } }
    for (const action of ['create', 'uniquenessCheck'] as const) {
      const step = await run(action, given)
      expect(step.code).toBe(1)
      expect(step.said).toContain(words)
      expect(step.writes).toEqual([])
    }
  }),
)

test.concurrent('a field that is mapped wrong is told before anybody is taken', () =>
  withRestCase(org, async ({ run }) => {
    const correlate = { field: 'EmployeeNumber', value: '100001' }
    const step = await run('create', { Data: { ...joiner, Titel: 'x' }, correlate })
    expect(step.code).toBe(1)
    expect(step.said).toContain('Data.Titel is not a field of User in this org: is Title meant?')
  }),
)

test.concurrent('a uniqueness check leaves out whom create would take, by a number too', () =>
  withRestCase('documented', async ({ run }) => {
    const Data = { Username: "s.o'brien@acme.example", EmployeeNumber: '100001' }
    const step = await run('uniquenessCheck', {
      Data,
      correlate: { field: 'Badge_Number__c', value: '4411' },
    })
    expect(step.output.NonUniqueFields).toEqual(['EmployeeNumber'])
  }),
)

test.concurrent('a uniqueness check that may not see users does not call a value free', () =>
  withRestCase(
    'documented',
    async ({ run }) => {
      const step = await run('uniquenessCheck', { Data: { Username: 'x@acme.example' } })
      expect(step.code).toBe(1)
      expect(step.output.NonUniqueFields).toBeUndefined()
    },
    ({ path }) => {
      if (!path.endsWith('/composite')) return undefined
      const body = [{ errorCode: 'INVALID_TYPE', message: "sObject type 'User' is not supported." }]
      const compositeResponse = [{ httpStatusCode: 400, referenceId: 'q0', body }]
      return { status: 200, body: JSON.stringify({ compositeResponse }) }
    },
  ),
)

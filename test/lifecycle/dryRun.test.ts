import { seedIds } from '../../simulator/seed/seedIds.ts'
import { hosts } from './hosts.ts'
import { orgs } from './dialects.ts'
import { type Action, joiner } from './host.ts'

const { users, profiles, roles } = seedIds
const settings = { DisableMode: 'deactivate' }

describe.each(orgs)('in the org %s, a preview', (_name, dialect, lend, lendCase) => {
  test.concurrent('of a create writes nothing and shows the account that there would be', () =>
    lend(dialect, async ({ run, org, name }) => {
      const size = org.org.users.size
      const Data = { ...joiner, phone: '1', mobilePhone: '2', companyName: 'Acme', Cost_Code__c: 'X' }
      const step = await run('create', {
        Data,
        dryRun: true,
        correlate: { field: 'externalId', value: 'E200001' },
      })
      expect(step.code).toBe(0)
      expect(step.said).toBe(
        `[DryRun] Would create Salesforce account with ${name('userName')} [j.devries@acme.example], inactive`,
      )
      expect(step.output).toMatchObject({ Success: true, AccountCorrelated: false, Data })
      expect(step.output.AccountReference).toMatch(/./)
      expect(org.org.users.size).toBe(size)
    }),
  )

  test.concurrent('of a create finds the account that the real one would find', () =>
    lend(dialect, async ({ run }) => {
      const given = { Data: joiner, correlate: { field: 'employeeNumber', value: '100003' } }
      const preview = await run('create', { ...given, dryRun: true })
      const real = await run('create', given)
      expect(preview.said).toBe(real.said.replace('Correlated', '[DryRun] Would correlate'))
      expect({ ...preview.output, AuditLogs: [] }).toEqual({ ...real.output, AuditLogs: [] })
    }),
  )

  test.concurrent('of an update shows before and after, and the real one ends there', () =>
    lend(dialect, async ({ run, row, name }) => {
      const before = row(users.obrien)
      const Data = {
        userName: 'sean@acme.example',
        title: '',
        phone: '1',
        mobilePhone: '2',
        role: 'APAC Sales',
        profile: profiles.readOnly,
        companyName: 'Acme',
      }
      const preview = await run('update', { account: users.obrien, Data, dryRun: true })
      expect(preview.said).toMatch(/^\[DryRun\] Would update account property\(s\) \[/)
      for (const field of Object.keys(Data)) expect(preview.said).toContain(name(field))
      expect(row(users.obrien)).toEqual(before)

      const real = await run('update', { account: users.obrien, Data })
      expect({ ...real.output, AuditLogs: [] }).toEqual({ ...preview.output, AuditLogs: [] })
      expect(row(users.obrien)).toMatchObject({ Username: 'sean@acme.example', UserRoleId: roles.apacSales })
    }),
  )

  test.concurrent.each<[Action, string, string]>([
    ['enable', users.leaver, 'true'],
    ['disable', users.obrien, 'false'],
    ['delete', users.obrien, 'false'],
  ])('of %s says what it would do, and shows it', (action, account, active) =>
    lendCase(dialect, async ({ run, row }) => {
      const before = row(account)
      const step = await run(action, { account, dryRun: true, origin: 'reconciliation', settings })
      expect(step.code).toBe(0)
      expect(step.said).toMatch(/^\[DryRun\] Would (de)?activate Salesforce account: \[/)
      if (action === 'delete') expect(step.said).toContain('Salesforce cannot delete users')
      expect(step.output.Data?.['active']).toBe(active)
      expect(step.output.PreviousData?.['active']).not.toBe(active)
      expect(row(account)).toEqual(before)
    }),
  )
})

describe.each(hosts)('a preview by %s', (_name, lend, lendCase) => {
  test.concurrent.each<[string, Record<string, unknown>]>([
    ['no userName', { userName: '' }],
    ['a profile by a name that is none', { profile: 'Nobody' }],
    ['a profile by an id that is none', { profile: '00e5g000000zzzzAAA' }],
    ['a role by an id that is none', { role: '00E5g000000zzzzAAA' }],
    ['a field that is none', { tittle: 'x' }],
    ['an alias that is too long', { alias: '123456789' }],
  ])('fails on %s as the real create does', (_what, over) =>
    lendCase('documented', async ({ run }) => {
      const Data = { ...joiner, ...over }
      const preview = await run('create', { Data, dryRun: true })
      const real = await run('create', { Data })
      expect([preview.code, real.code]).toEqual([1, 1])
      expect(preview.output.AuditLogs?.[0]?.IsError).toBe(true)
    }),
  )

  test.concurrent.each<[string, Record<string, unknown>, string]>([
    ['an empty userName', { userName: '' }, 'is empty: Salesforce requires a value'],
    ['a role that is none', { role: 'Nobody' }, 'does not exist'],
    ['a profile id that is none', { profile: '00e5g000000zzzzAAA' }, 'does not exist'],
  ])('of an update fails on %s', (_what, Data, sentence) =>
    lendCase('documented', async ({ run }) => {
      const step = await run('update', { account: users.obrien, Data, dryRun: true })
      expect(step.code).toBe(1)
      expect(step.said).toContain(sentence)
    }),
  )

  test.concurrent.each<[Action, number]>([
    ['update', 1],
    ['enable', 1],
    ['disable', 0],
    ['delete', 0],
  ])('of %s of an account that is gone ends with %s, as the real one does', (action, code) =>
    lendCase('documented', async ({ run }) => {
      const given = { account: '0055g00000ZZZZZAAA', Data: { title: 'x' } }
      const preview = await run(action, { ...given, dryRun: true })
      const real = await run(action, given)
      expect(preview.code).toBe(code)
      expect(preview.output).toEqual(real.output)
    }),
  )

  test.concurrent('of an update without changes says so, as the real one does', () =>
    lend('documented', async ({ run }) => {
      const given = { account: users.obrien, Data: { title: 'Account manager', familyName: "O'Brien" } }
      const preview = await run('update', { ...given, dryRun: true })
      expect(preview.output).toEqual((await run('update', given)).output)
    }),
  )

  test.concurrent.each([['missing'], ['a text'], ['null']])(
    'that is not clearly asked for is refused: DryRun %s',
    (what) =>
      lendCase('documented', async ({ run }) => {
        const flag = { missing: undefined, 'a text': 'false', null: null }[what]
        const step = await run('update', {
          account: users.obrien,
          Data: { title: 'x' },
          members: { DryRun: flag },
        })
        expect(step.code).toBe(2)
        expect(step.said).toContain('DryRun')
        expect(step.requests).toEqual([])
      }),
  )
})

import { seedIds } from '../../simulator/seed/seedIds.ts'
import { joiner, withRestCase } from './host.ts'

const { users, profiles } = seedIds
const account = users.obrien

/** An org with a custom field of every kind. */
const org = { seed: { records: true } }

/**
 * Of each kind: a value, what the org stores of it, how the host is told of it, the same in another spelling, and another
 * value.
 */
const kinds: readonly [
  field: string,
  value: unknown,
  stored: unknown,
  shown: string,
  same: unknown,
  other: unknown,
][] = [
  ['Cost_Code__c', 'S-42', 'S-42', 'S-42', ' S-42 ', 's-42'],
  ['Badge_Number__c', '4412', 4412, '4412', 4412.0, '4413'],
  ['Employment__c', '87.50', 87.5, '87.5', '87.5', '87.51'],
  ['Budget__c', 1000.5, 1000.5, '1000.5', '1000.50', '-1000.5'],
  ['Remote_Worker__c', 'True', true, 'true', 'TRUE', false],
  ['Shift__c', 'Late', 'Late', 'Late', ['Late'], 'Night'],
  ['Skills__c', 'Legal;Sales', 'Sales;Legal', 'Sales;Legal', 'Legal; Sales', 'Sales ; Service'],
  ['Badge_Expires__c', '2026-12-31', '2026-12-31', '2026-12-31', '2026-12-31T00:00:00Z', '2027-01-01'],
  [
    'First_Shift__c',
    '2026-12-31T18:00:00Z',
    '2026-12-31T18:00:00.000Z',
    '2026-12-31T18:00:00.000+0000',
    '2026-12-31T19:00+01:00',
    '2026-12-31',
  ],
  ['Remarks__c', 'R&D #1\n"Æ" \\ \'', 'R&D #1\n"Æ" \\ \'', 'R&D #1\n"Æ" \\ \'', 'R&D #1\n"Æ" \\ \'', 'x'],
  [
    'Private_Email__c',
    'jan@home.example',
    'jan@home.example',
    'jan@home.example',
    'Jan@Home.example',
    'j@home.example',
  ],
  [
    'Home_Page__c',
    'https://jan.example/?a=b&c',
    'https://jan.example/?a=b&c',
    'https://jan.example/?a=b&c',
    'https://jan.example/?a=b&c',
    'https://jan.example',
  ],
  ['Desk_Phone__c', '+31 20 1', '+31 20 1', '+31 20 1', '+31 20 1', '+31 20 2'],
  ['Buddy__c', users.annBoss.slice(0, 15), users.annBoss, users.annBoss, users.annBoss, users.admin],
]
const column = (at: 1 | 2 | 3 | 4 | 5): Record<string, unknown> =>
  Object.fromEntries(kinds.map((kind) => [kind[0], kind[at]]))

test('a custom field of every kind lives: created, found the same in every spelling, changed and cleared', () =>
  withRestCase(org, async ({ run, row }) => {
    const created = await run('create', { Data: { ...joiner, ...column(1) } })
    const id = created.output.AccountReference ?? ''
    expect(created.output).toMatchObject({ Success: true, Data: { ...joiner, ...column(3) } })
    expect(row(id)).toMatchObject(column(2))

    const same = await run('update', { account: id, Data: column(4) })
    expect(same.said).toContain('No changes')
    expect(same.writes).toEqual([])

    const other = column(5)
    const preview = await run('update', { account: id, Data: other, dryRun: true })
    const updated = await run('update', { account: id, Data: other })
    expect(updated.said).toContain(`updated: [${kinds.map(([field]) => field).join(',')}]`)
    expect(updated.output.PreviousData).toMatchObject(column(3))
    expect(updated.output.Data?.['Skills__c']).toBe('Sales;Service')
    expect({ ...preview.output, AuditLogs: [] }).toEqual({ ...updated.output, AuditLogs: [] })

    const empty = Object.fromEntries(kinds.map(([field]) => [field, '']))
    const cleared = await run('update', { account: id, Data: empty })
    const nothing = Object.fromEntries(
      kinds.map(([field]) => [field, field === 'Remote_Worker__c' ? false : null]),
    )
    expect(cleared.output.Success).toBe(true)
    expect(row(id)).toMatchObject(nothing)
    const again = await run('update', {
      account: id,
      Data: Object.fromEntries(kinds.map(([field]) => [field, null])),
    })
    expect(again.said).toContain('No changes')
  }))

test.concurrent.each(kinds)(
  '%s: %j is written alone, and then no more',
  (field, value, stored, shown, same) =>
    withRestCase(org, async ({ run, row, sent }) => {
      const step = await run('update', {
        account,
        Data: { [field.toUpperCase()]: value, Title: 'Account manager' },
      })
      if (field === 'Remote_Worker__c') expect(step.writes).toEqual([])
      else expect(sent(step)).toEqual([{ [field]: expect.anything() as unknown }])
      expect(row(account)[field]).toEqual(stored)
      expect(step.output.Data?.[field.toUpperCase()]).toBe(shown)
      const again = await run('update', { account, Data: { [field]: same } })
      expect(again.said).toContain('No changes')
    }),
)

test.concurrent(
  'the values of a picklist of several are told apart from a text only by the description, which costs a request',
  () =>
    withRestCase(org, async ({ run, change }) => {
      change(account, { Skills__c: 'Sales;Legal' })
      const same = await run('update', { account, Data: { Skills__c: 'Sales;Legal' } })
      const turned = await run('update', { account, Data: { Skills__c: 'Legal;Sales' } })
      expect([same.requests.length, turned.requests.length]).toEqual([3, 4])
      expect(turned.said).toContain('No changes')
    }),
)

test.concurrent(
  'a new user gets the defaults of the settings, and an alias, where the mapping has nothing',
  () =>
    withRestCase('documented', async ({ run, row }) => {
      const settings = {
        DefaultProfile: 'Read Only',
        DefaultLocale: 'nl_NL',
        DefaultTimezone: 'Europe/London',
      }
      const Data = {
        ...joiner,
        ProfileId: null,
        FirstName: 'Åsa',
        LastName: 'Çelik-Öz',
        LocaleSidKey: '',
        Alias: '',
      }
      const { output } = await run('create', { Data, settings })
      expect(row(output.AccountReference ?? '')).toMatchObject({
        ProfileId: profiles.readOnly,
        LocaleSidKey: 'nl_NL',
        LanguageLocaleKey: 'en_US',
        TimeZoneSidKey: 'Europe/London',
        EmailEncodingKey: 'UTF-8',
        Alias: 'aceli',
        IsActive: false,
      })
    }),
)

test.concurrent('a field that is mapped read-only is no change while it is as mapped', () =>
  withRestCase('documented', async ({ run }) => {
    const Data = { Name: "Seán O'Brien", UserType: 'Standard', IsActive: 'false', Id: 'x', Title: 'Head' }
    const step = await run('update', { account, Data })
    expect(step.said).toContain('updated: [Title]')
    expect(step.output.Data).toMatchObject({ Id: account, IsActive: 'true', Name: "Seán O'Brien" })
  }),
)

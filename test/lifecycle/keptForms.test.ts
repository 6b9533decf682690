import { addRecords } from '../../simulator/seed/seedRecords.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { hosts } from './hosts.ts'

const { users } = seedIds
const account = users.obrien

/** A mapped value, and how the org keeps it. */
const forms = [
  [
    'a street of two lines, kept with CRLF',
    { lineEnds: 'crlf' },
    'streetAddress',
    'Kade 1\nToren B',
    'Kade 1\r\nToren B',
  ],
  [
    'a street of two lines, kept with LF',
    { lineEnds: 'lf' },
    'streetAddress',
    'Kade 1\r\nToren B',
    'Kade 1\nToren B',
  ],
  ['a custom text area, kept with CRLF', { lineEnds: 'crlf' }, 'Remarks__c', 'one\ntwo', 'one\r\ntwo'],
  ['a custom text area, kept with LF', { lineEnds: 'lf' }, 'Remarks__c', 'one\r\ntwo', 'one\ntwo'],
  ['the code of a country', { stateCountryPicklists: true }, 'country', 'NL', 'Netherlands'],
  ['the code of a country, in lower case', { stateCountryPicklists: true }, 'country', 'nl', 'Netherlands'],
  ['a country in another case', { stateCountryPicklists: true }, 'country', 'NETHERLANDS', 'Netherlands'],
] as const

describe.each(hosts)('%s', (_name, _lend, lendCase) => {
  test.each(forms)('%s is written once, and is no change afterwards', (_what, dialect, field, value, kept) =>
    lendCase(dialect, async ({ org, name, row, run }) => {
      addRecords(org.org)
      const given = { account, Data: { [field]: value, city: 'Utrecht' } }
      const first = await run('update', given)
      expect([first.code, row(account)[name(field)] ?? row(account)[own[field] ?? '']]).toEqual([0, kept])
      const second = await run('update', given)
      expect([second.code, second.writes.filter(({ path }) => !path.endsWith('/composite'))]).toEqual([0, []])
      expect(second.said).toContain('No changes')
      const preview = await run('update', { ...given, dryRun: true })
      expect(preview.said).toContain('No changes')
    }),
  )

  test('a state by its code goes with its country', () =>
    lendCase({ stateCountryPicklists: true }, async ({ row, run }) => {
      const given = { account, Data: { country: 'US', state: 'CA' } }
      expect((await run('update', given)).code).toBe(0)
      expect([row(account).Country, row(account).State]).toEqual(['United States', 'California'])
      expect((await run('update', given)).said).toContain('No changes')
    }))

  test('another country is written all the same', () =>
    lendCase({ stateCountryPicklists: true }, async ({ row, run }) => {
      await run('update', { account, Data: { country: 'NL' } })
      const step = await run('update', { account, Data: { country: 'BE' } })
      expect([step.code, row(account).Country]).toEqual([0, 'Belgium'])
    }))

  test('without such picklists a code is a text like any other', () =>
    lendCase({}, async ({ change, row, run }) => {
      change(account, { Country: 'Netherlands' })
      const step = await run('update', { account, Data: { country: 'NL' } })
      expect([step.code, row(account).Country]).toEqual([0, 'NL'])
    }))

  test('a create with a code succeeds', () =>
    lendCase({ stateCountryPicklists: true, lineEnds: 'crlf' }, async ({ org, run }) => {
      const Data = {
        userName: 'kept@acme.example',
        givenName: 'K',
        familyName: 'Ept',
        emailAddress: 'kept@acme.example',
        profile: 'Standard User',
        country: 'NL',
        streetAddress: 'a\nb',
      }
      const step = await run('create', { Data })
      expect([step.code, org.user('kept@acme.example')?.Country]).toEqual([0, 'Netherlands'])
    }))

  test('an update of the e-mail address alone says that it waits, and no empty list of properties', () =>
    lendCase({ emailChange: 'pending' }, async ({ run }) => {
      const step = await run('update', { account: users.annBoss, Data: { emailAddress: 'ann@acme.example' } })
      expect(step.code).toBe(0)
      expect(step.said).not.toContain('[]')
      expect(step.said).toContain('becomes [ann@acme.example] when the user confirms it')
    }))

  test.each([
    [
      'a country that is not in the list',
      { country: 'Holland' },
      'State and Country/Territory Picklists',
      'connector administrator',
    ],
    ['a state without a country', { state: 'CA' }, 'a state needs its country', 'connector administrator'],
    [
      'a state of another country',
      { country: 'NL', state: 'Ontario' },
      'State and Country/Territory Picklists',
      'connector administrator',
    ],
  ])('%s is for whoever maps', (_what, Data, says, actor) =>
    lendCase({ stateCountryPicklists: true }, async ({ change, run }) => {
      change(account, { Country: null, State: null })
      const step = await run('update', { account, Data })
      expect(step.code).toBe(1)
      expect(step.said).toContain(says)
      expect(step.said).not.toContain('does not go with')
      expect(step.stderr).toContain(`"actor":"${actor}"`)
    }),
  )

  test('a role for a user of Chatter is found in the dry run', () =>
    lendCase({}, async ({ org, run }) => {
      const role = [...org.org.userRoles.values()][0]?.Id
      const Data = {
        userName: 'chat@acme.example',
        givenName: 'C',
        familyName: 'Hat',
        emailAddress: 'chat@acme.example',
        profile: 'Chatter Free User',
        role,
      }
      for (const dryRun of [true, false]) {
        const step = await run('create', { Data, dryRun })
        expect([step.code, org.user('chat@acme.example')]).toEqual([1, undefined])
        expect(step.said).toMatch(/can ?not? have (?:no|a) role|can have no role/)
      }
      const { role: _, ...without } = Data
      const { output } = await run('create', { Data: without })
      const step = await run('update', {
        account: output.AccountReference,
        Data: { role },
        dryRun: true,
      })
      expect([step.code, step.said]).toEqual([1, expect.stringContaining('can have no role')])
    }))
})

const own: Readonly<Record<string, string>> = { streetAddress: 'Street', country: 'Country' }

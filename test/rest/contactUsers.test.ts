import { seedIds } from '../../simulator/seed/seedIds.ts'
import type { Given, Host } from '../lifecycle/host.ts'
import { joiner } from './host.ts'
import { shortly, withRecords, withRecordsCase } from './records.ts'

const { portalProfiles, contacts, profiles, users, accounts } = seedIds
const settings = { ContactBackedUsers: true }
const partner = {
  ...joiner,
  FirstName: 'Gina',
  LastName: 'Globe',
  Email: 'gina.globe@customer.example',
  ProfileId: 'Partner Community User',
}
const create: Given = { Data: partner, settings }

/** The joiner as the org has it; undefined where there is none. */
function made({ org }: Host): unknown {
  return org.user(joiner.Username)
}

test('a partner is made for the only contact with the e-mail address, enabled, disabled and found again', async () => {
  await withRecords({}, async (host) => {
    const step = await host.run('create', {
      ...create,
      Data: { ...partner, Email: 'Gina.Globe@Customer.example' },
    })
    expect([step.code, made(host)]).toEqual([
      0,
      expect.objectContaining({
        ContactId: contacts.globexOne,
        UserType: 'PowerPartner',
        AccountId: accounts.globex,
        IsActive: false,
      }),
    ])
    expect(shortly(step.requests)).toEqual(['POST /composite', 'POST /composite'])
    expect(step.writes).toHaveLength(1)
    const account = step.output.AccountReference
    for (const [action, isActive] of [
      ['enable', true],
      ['disable', false],
      ['enable', true],
      ['delete', false],
    ] as const) {
      const { code } = await host.run(action, { account, settings })
      expect([action, code, host.row(joiner.Username).IsActive]).toEqual([action, 0, isActive])
    }
    for (const correlate of [
      { field: 'ContactId', value: contacts.globexOne },
      { field: 'EmployeeNumber', value: joiner.EmployeeNumber },
    ]) {
      const found = await host.run('create', { ...create, correlate })
      expect([found.output.AccountReference, found.output.AccountCorrelated, found.writes]).toEqual([
        account,
        true,
        [],
      ])
    }
    // Salesforce does not let users and contacts share a transaction.
    for (const { body } of host.org.writes()) expect(body).not.toMatch(/sobjects\/(Contact|Account)\b/)
  })
})

test.each([
  ['an id', { ContactId: contacts.globexTwo, Email: 'somebody@else.example' }, contacts.globexTwo],
  ['an id of 15 characters', { ContactId: contacts.globexTwo.slice(0, 15) }, contacts.globexTwo],
  ["a customer's profile", { ProfileId: portalProfiles.customer }, contacts.globexOne],
])('a contact may be mapped: %s', async (_what, over, ContactId) => {
  await withRecordsCase({}, async (host) => {
    const step = await host.run('create', { ...create, Data: { ...partner, ...over } })
    expect([step.code, made(host)]).toEqual([0, expect.objectContaining({ ContactId })])
    const account = step.output.AccountReference
    const update = await host.run('update', { account, settings, Data: { ...over, Title: 'Buyer' } })
    expect([update.code, host.row(joiner.Username)['Title']]).toEqual([0, 'Buyer'])
  })
})

const email = (Email: string): object => ({ Email })
const refusals: readonly [string, object, Record<string, unknown>, string][] = [
  [
    'a partner without the option',
    {},
    { ContactBackedUsers: false },
    'the profile is for users of the type PowerPartner, and users that belong to a contact are switched off: set Configuration.ContactBackedUsers if they are meant',
  ],
  [
    'a mapped contact without the option',
    { ContactId: contacts.globexOne, ProfileId: 'Standard User' },
    { ContactBackedUsers: false },
    'Data.ContactId is mapped, and users that belong to a contact are switched off',
  ],
  [
    'a mapped contact of an employee',
    { ContactId: contacts.globexOne, ProfileId: 'Standard User' },
    settings,
    'Data.ContactId is mapped, and the profile [Standard User] is for users that have no contact',
  ],
  [
    'nobody with that address',
    email('nobody@customer.example'),
    settings,
    'No contact has the e-mail address [nobody@customer.example]',
  ],
  [
    'nobody, with a quote',
    email("o'neil@customer.example"),
    settings,
    "No contact has the e-mail address [o'neil@customer.example]",
  ],
  [
    'several with that address',
    email('gus.globe@customer.example'),
    settings,
    'Several contacts have the e-mail address [gus.globe@customer.example]: map ContactId.',
  ],
  [
    'a contact of no account',
    email('lou.loose@customer.example'),
    settings,
    `The contact [${contacts.loose}] with the e-mail address [lou.loose@customer.example] belongs to no account`,
  ],
]

test.each(refusals)(
  '%s is refused in a sentence before anything is written',
  async (_what, over, given, says) => {
    await withRecordsCase({}, async (host) => {
      const gus = host.org.org.contacts.get(contacts.globexTwo)
      const ian = host.org.org.contacts.get(contacts.initech)
      if (gus === undefined || ian === undefined) throw new Error('the seed has those contacts')
      host.org.org.contacts.update(ian, { Email: gus.Email })
      for (const dryRun of [true, false]) {
        const step = await host.run('create', { Data: { ...partner, ...over }, settings: given, dryRun })
        expect([step.code, made(host), step.writes]).toEqual([1, undefined, []])
        expect(step.said).toContain(says)
      }
    })
  },
)

test('a contact that has a user already is told as such, and makes no second one', async () => {
  await withRecordsCase({}, async (host) => {
    expect((await host.run('create', create)).code).toBe(0)
    const second = await host.run('create', {
      ...create,
      Data: { ...partner, Username: 'second@acme.example', FederationIdentifier: 'x' },
    })
    expect([second.code, host.org.user('second@acme.example')]).toEqual([1, undefined])
    expect(second.said).toContain(
      'portal user already exists for contact (PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT)',
    )
    expect(second.said).toContain('correlate')
  })
})

test.each([
  ['an owner without a role', 'ian.initech@customer.example', 'portal account owner must have a role'],
  ['a person as a partner', 'petra.persoon@customer.example', 'person account'],
])('what Salesforce refuses of the contact is told: %s', async (_what, Email, says) => {
  await withRecordsCase({}, async (host) => {
    const step = await host.run('create', { ...create, Data: { ...partner, Email } })
    expect([step.code, made(host)]).toEqual([1, undefined])
    expect(step.said).toContain(says)
  })
})

test.each([
  ['an employee', joiner],
  ['a user of Chatter alone, who has no contact either', { ...joiner, ProfileId: profiles.chatterFreeUser }],
])('with or without the option, %s is made without a contact', async (_what, Data) => {
  for (const given of [{}, settings]) {
    await withRecordsCase({}, async (host) => {
      const step = await host.run('create', { Data, settings: given })
      expect([step.code, made(host)]).toEqual([0, expect.objectContaining({ ContactId: null })])
      expect(JSON.stringify(step.requests.map(({ body }) => body)).includes('FROM%20Contact')).toBe(
        given === settings,
      )
    })
  }
})

test('a dry run says which contact it would be', async () => {
  await withRecordsCase({}, async (host) => {
    const step = await host.run('create', { ...create, dryRun: true })
    expect([step.code, made(host)]).toEqual([0, undefined])
    expect(step.stderr).toContain(`"ContactId":"${contacts.globexOne}"`)
  })
})

test('nobody moves between the company and the outside by an update', async () => {
  await withRecordsCase({}, async (host) => {
    const step = await host.run('update', {
      account: users.annBoss,
      settings,
      Data: { ProfileId: 'Partner Community User' },
    })
    expect([step.code, host.row(users.annBoss).ProfileId]).toEqual([1, profiles.standardUser])
    expect(step.said).toContain('cannot change to another type of user')
  })
})

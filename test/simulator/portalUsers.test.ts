import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connect } from './client.ts'
import type { Client, Reply } from './client.ts'

const { users, profiles, portalProfiles, contacts, accounts, roles } = seedIds
const base = '/services/data/v66.0/sobjects'

let client: Client
beforeEach(async () => {
  client = await connect({ seed: { records: true } })
})
afterEach(() => client.simulator.close())

/** Makes a user of this profile, for a contact or for none. */
function make(profile: string, contact: string | undefined, over: object = {}): Promise<Reply> {
  const name = `${profile.slice(-5)}${contact ?? ''}`.toLowerCase()
  return client.send('POST', `${base}/User`, {
    Username: `${name}@customer.example`,
    LastName: 'Globe',
    Email: 'gina@customer.example',
    Alias: 'gglobe',
    CommunityNickname: name,
    TimeZoneSidKey: 'Europe/Amsterdam',
    LocaleSidKey: 'nl_NL',
    EmailEncodingKey: 'UTF-8',
    LanguageLocaleKey: 'nl_NL',
    ProfileId: profile,
    ...(contact === undefined ? {} : { ContactId: contact }),
    ...over,
  })
}

test.each([
  [portalProfiles.partner, 'PowerPartner'],
  [portalProfiles.customer, 'CspLitePortal'],
])('a user of profile %s is made for a contact and is of type %s', async (profile, userType) => {
  const made = await make(profile, contacts.globexOne)
  expect(made.status).toBe(201)
  const found = await client.soql(
    `SELECT UserType, AccountId, IsPortalEnabled, Contact.Name, Account.Name FROM User WHERE ContactId = '${contacts.globexOne}'`,
  )
  expect(found.at('records', 0)).toMatchObject({
    UserType: userType,
    AccountId: accounts.globex,
    IsPortalEnabled: true,
    Contact: { Name: 'Gina Globe' },
    Account: { Name: 'Globex' },
  })
  const change = { ContactId: contacts.globexTwo }
  const refused = await client.send('PATCH', `${base}/User/${String(made.at('id'))}`, change)
  expect(refused.at(0, 'errorCode')).toBe('INVALID_FIELD_FOR_INSERT_UPDATE')
})

test.each([
  [
    'no contact',
    portalProfiles.partner,
    undefined,
    'INVALID_CROSS_REFERENCE_KEY',
    'Cannot create a portal user without contact',
  ],
  [
    'a contact whose account is owned by somebody without a role',
    portalProfiles.customer,
    contacts.initech,
    'UNKNOWN_EXCEPTION',
    'portal account owner must have a role',
  ],
  [
    'a contact without account',
    portalProfiles.customer,
    contacts.loose,
    'FIELD_INTEGRITY_EXCEPTION',
    'account',
  ],
  [
    'a person as a partner',
    portalProfiles.partner,
    contacts.person,
    'FIELD_INTEGRITY_EXCEPTION',
    'person account',
  ],
  [
    'a contact for an employee',
    profiles.readOnly,
    contacts.globexOne,
    'FIELD_INTEGRITY_EXCEPTION',
    'portal users',
  ],
  [
    'a contact that is not there',
    portalProfiles.partner,
    '003000000000001',
    'INVALID_CROSS_REFERENCE_KEY',
    'invalid cross reference id',
  ],
])('%s is refused', async (_what, profile, contact, code, text) => {
  const refused = await make(profile, contact)
  expect([refused.status, refused.at(0, 'errorCode')]).toEqual([400, code])
  expect(refused.at(0, 'message')).toContain(text)
})

test('a contact has one user, a customer no role, and the seats run out', async () => {
  const made = await make(portalProfiles.customer, contacts.globexOne)
  const code = (answer: Reply): unknown => answer.at(0, 'errorCode')
  expect(code(await make(portalProfiles.partner, contacts.globexOne))).toBe(
    'PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT',
  )
  expect(code(await make(portalProfiles.customer, contacts.globexTwo))).toBe('LICENSE_LIMIT_EXCEEDED')
  const user = `${base}/User/${String(made.at('id'))}`
  expect(code(await client.send('PATCH', user, { UserRoleId: roles.ceo }))).toBe('FIELD_INTEGRITY_EXCEPTION')
  expect(code(await client.send('PATCH', user, { ProfileId: profiles.readOnly }))).toBe(
    'FIELD_INTEGRITY_EXCEPTION',
  )
  const inside = await client.send('PATCH', `${base}/User/${users.annBoss}`, {
    ProfileId: portalProfiles.partner,
  })
  expect(code(inside)).toBe('FIELD_INTEGRITY_EXCEPTION')
})

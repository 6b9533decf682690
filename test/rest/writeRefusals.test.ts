import { seedIds } from '../../simulator/seed/seedIds.ts'
import { joiner } from './host.ts'
import { withRecordsCase } from './records.ts'

const { contacts, users } = seedIds
const feature = 'UserPermissionsMarketingUser'
const settings = { ContactBackedUsers: true }
const partner = { ...joiner, ProfileId: 'Partner Community User' }

test('a feature license without a seat is named at create, and no user license is', () =>
  withRecordsCase({}, async ({ org, run }) => {
    org.org.featureSeats.set(feature, 0)
    const step = await run('create', { Data: { ...joiner, [feature]: 'true' } })
    expect([step.code, org.user(joiner.Username)]).toEqual([1, undefined])
    expect(step.said).toContain('License Limit Exceeded (LICENSE_LIMIT_EXCEEDED)')
    expect(step.said).toContain(`[${feature}]`)
    expect(step.said).toContain('Setup > Company Information > Feature Licenses')
    expect(step.said).not.toContain('User Licenses')
    expect(step.stderr).toContain('"actor":"Salesforce administrator"')
  }))

test('at update and at a grant of the feature license too', () =>
  withRecordsCase({}, async ({ org, run }) => {
    org.org.featureSeats.set(feature, 0)
    const step = await run('update', { account: users.annBoss, Data: { [feature]: true } })
    expect(step.code).toBe(1)
    expect(step.said).toContain('Feature Licenses')
    const grant = await run('grantPermission' as 'update', {
      account: users.annBoss,
      members: {
        References: { Account: users.annBoss, Permission: { Reference: feature, Type: 'FeatureLicense' } },
      },
    })
    expect(grant.code).toBe(1)
    expect(grant.said).toContain('Feature Licenses')
  }))

test('where the account becomes active as well, either license may be full', () =>
  withRecordsCase({}, async ({ org, run }) => {
    org.org.featureSeats.set(feature, 0)
    const step = await run('create', {
      Data: { ...joiner, [feature]: 'true' },
      settings: { CreateActive: true },
    })
    expect(step.said).toContain('Feature Licenses')
    expect(step.said).toContain('User Licenses')
  }))

test.each([
  [
    'a mapped contact whose account has an owner without a role',
    { ContactId: contacts.initech },
    'has no role',
  ],
  ['a contact by its address, of such an account', { Email: 'ian.initech@customer.example' }, 'has no role'],
  ['a mapped contact of no account', { ContactId: contacts.loose }, 'belongs to no account'],
  [
    'a mapped contact that does not exist',
    { ContactId: '0035g00000999ZZAAA' },
    'does not exist in Salesforce',
  ],
])('%s is refused before anything is written', (_what, over, says) =>
  withRecordsCase({}, async ({ org, run }) => {
    for (const dryRun of [true, false]) {
      const step = await run('create', { Data: { ...partner, ...over }, settings, dryRun })
      expect([
        step.code,
        step.writes.filter(({ body }) => body.includes('"POST"')),
        org.user(joiner.Username),
      ]).toEqual([1, [], undefined])
      expect(step.said).toContain(says)
      if (!says.includes('exist'))
        expect(step.stderr).toContain('"retry":"no","actor":"Salesforce administrator"')
    }
  }),
)

test('what Salesforce says of the owner is for the administrator, and not for another run', () =>
  withRecordsCase({}, async ({ org, run }) => {
    // Seen before the write unless roles cannot be seen.
    org.fault({
      when: { method: 'POST', path: /composite/, occurrence: 2 },
      effect: {
        kind: 'answer',
        status: 400,
        body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'portal account owner must have a role' }],
      },
    })
    const step = await run('create', { Data: { ...partner, ContactId: contacts.globexOne }, settings })
    expect(step.code).toBe(1)
    expect(step.said).toContain('portal account owner must have a role (UNKNOWN_EXCEPTION): the owner of')
    expect(step.stderr).toContain('"retry":"no","actor":"Salesforce administrator"')
  }))

test('a deactivation that is refused because of the address names the allowed domains', () =>
  withRecordsCase({}, async ({ org, run }) => {
    org.org.blockers.set(users.annBoss, { code: 'INVALID_EMAIL_ADDRESS', message: 'invalid email address' })
    const step = await run('disable', { account: users.annBoss })
    expect(step.code).toBe(1)
    expect(step.said).toContain(
      'invalid email address (INVALID_EMAIL_ADDRESS): the org allows other e-mail domains',
    )
    expect(step.said).toContain('Setup > Allowed Email Domains')
  }))

import { seedIds } from '../../simulator/seed/seedIds.ts'
import { withHost } from '../lifecycle/host.ts'

const { users } = seedIds

test.each([
  ['en', 'other users have this user in the hierarchy field Mentor__c: give them another one there'],
  [
    'nl',
    'andere gebruikers hebben deze gebruiker in het hiërarchieveld Mentor__c: vul daar bij hen een ander in',
  ],
  [undefined, 'other users have this user in the hierarchy field Mentor__c: give them another one there'],
])(
  'with Language %s a refused deactivation names the field and what to do in that language',
  (Language, advice) =>
    withHost({}, async ({ org, run }) => {
      const message = 'Cannot inactivate user that is the value of a hierarchy field:Mentor__c'
      org.org.blockers.set(users.obrien, { code: 'FIELD_INTEGRITY_EXCEPTION', message })
      const step = await run('disable', { account: users.obrien, settings: { Language } })
      expect(step.code).toBe(1)
      expect(step.said).toContain(message)
      expect(step.said).toContain(advice)
    }),
)

test('with Language nl a refused sign-in says in Dutch which setting to correct', () =>
  withHost({}, async ({ run }) => {
    const settings = { Language: 'nl', ClientSecret: 'not the secret' }
    const step = await run('disable', { account: users.obrien, settings })
    expect(step.code).toBe(1)
    expect(step.said).toContain(
      'Aanmelden lukt niet: Configuration.ClientSecret hoort niet bij Configuration.ClientID',
    )
  }))

test('with Language nl a write by REST that is refused says in Dutch what to do', () =>
  withHost({}, async ({ org, run }) => {
    org.fault({
      when: { path: /sobjects\/User/, method: 'PATCH' },
      effect: {
        kind: 'answer',
        status: 400,
        body: [
          {
            errorCode: 'STRING_TOO_LONG',
            message: 'Company Name: data value too large',
            fields: ['CompanyName'],
          },
        ],
      },
    })
    const step = await run('update', {
      account: users.obrien,
      Data: { companyName: 'Another' },
      settings: { Language: 'nl' },
    })
    expect(step.said).toContain('(STRING_TOO_LONG) [CompanyName]: kort de waarde in de mapping in')
  }))

test('a language that there is none of is refused before anything is sent', () =>
  withHost({}, async ({ run }) => {
    const step = await run('disable', { account: users.obrien, settings: { Language: 'fr' } })
    expect(step.code).toBe(1)
    expect(step.said).toContain('Configuration.Language')
    expect(step.requests).toEqual([])
  }))

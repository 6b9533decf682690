import { seedIds } from '../../simulator/seed/seedIds.ts'
import { hosts } from './hosts.ts'
import { orgs } from './dialects.ts'
import { withCase } from './host.ts'

const { users } = seedIds

describe.each(orgs)('in the org %s, uniquenessCheck', (_name, dialect, lend) => {
  test.concurrent('names every field whose value another account has, in any case', () =>
    lend(dialect, async ({ run }) => {
      const Data = {
        userName: 'ANN.BOSS@acme.example',
        nickName: 'Ann.Boss',
        externalId: 'e100001',
        employeeNumber: '100002',
        emailAddress: 'LEA.verloren@acme.example',
        title: 'SVP Sales',
      }
      const step = await run('uniquenessCheck', { Data })
      expect(step.code).toBe(0)
      expect(step.output.NonUniqueFields).toEqual([
        'userName',
        'nickName',
        'externalId',
        'employeeNumber',
        'emailAddress',
      ])
      expect(step.said).toContain(users.annBoss)
      expect(step.writes).toEqual([])
    }),
  )

  test.concurrent(
    'finds nothing for values that nobody has, and still promises nothing for the userName',
    () =>
      lend(dialect, async ({ run }) => {
        const Data = {
          userName: 'd\'arc+\\"&#@acme.example',
          nickName: "d'arc",
          externalId: "x' OR Name != '",
          employeeNumber: '"',
        }
        const step = await run('uniquenessCheck', { Data })
        expect(step.output).toMatchObject({ Success: true, NonUniqueFields: [] })
        expect(step.said).toContain('unique across all Salesforce orgs')
      }),
  )

  test.concurrent('finds values with an apostrophe', () =>
    lend(dialect, async ({ run }) => {
      const Data = { userName: "s.o'brien@acme.example", externalId: "e100003'X" }
      const step = await run('uniquenessCheck', { Data })
      expect(step.output.NonUniqueFields).toEqual(['userName', 'externalId'])
    }),
  )

  test.concurrent('does not call the account itself a collision, by an id of either length', () =>
    lend(dialect, async ({ run }) => {
      const Data = {
        userName: "s.o'brien@acme.example",
        externalId: "E100003'x",
        employeeNumber: '100003',
        emailAddress: "s.o'brien@acme.example",
      }
      for (const account of [users.obrien, users.obrien.slice(0, 15)]) {
        const step = await run('uniquenessCheck', { Data, account })
        expect(step.output).toMatchObject({ Success: true, NonUniqueFields: [] })
      }
    }),
  )

  test.concurrent('calls a twin of the account a collision', () =>
    lend(dialect, async ({ run }) => {
      const step = await run('uniquenessCheck', {
        Data: { employeeNumber: '100777' },
        account: users.twinOne,
      })
      expect(step.output.NonUniqueFields).toEqual(['employeeNumber'])
    }),
  )
})

describe.each(hosts)('uniquenessCheck by %s', (_name, _lend, lendCase) => {
  test.concurrent('leaves e-mail addresses alone where the settings say so', () =>
    lendCase('documented', async ({ run }) => {
      const step = await run('uniquenessCheck', {
        Data: { emailAddress: 'ann.boss@acme.example', userName: '' },
        settings: { CheckEmailUniqueness: 'false' },
      })
      expect(step.output).toEqual({ Success: true, NonUniqueFields: [], AuditLogs: [] })
      expect(step.requests).toEqual([])
    }),
  )

  test.concurrent('counts an inactive account, whose user name stays taken', () =>
    lendCase('documented', async ({ run }) => {
      const step = await run('uniquenessCheck', { Data: { userName: 'lea.verloren@acme.example' } })
      expect(step.output.NonUniqueFields).toEqual(['userName'])
    }),
  )

  test.concurrent('of a preview answers as the real one does', () =>
    lendCase('documented', async ({ run }) => {
      const Data = { userName: 'ann.boss@acme.example' }
      const [preview, real] = [
        await run('uniquenessCheck', { Data, dryRun: true }),
        await run('uniquenessCheck', { Data }),
      ]
      expect(preview.output).toEqual(real.output)
    }),
  )
})

describe('uniquenessCheck by SCIM', () => {
  test.concurrent('fails rather than calls a value free when it could not ask', () =>
    withCase({ scimEnabled: false }, async ({ run }) => {
      const step = await run('uniquenessCheck', { Data: { userName: 'a@acme.example' } })
      expect(step.code).toBe(1)
      expect(step.output.NonUniqueFields).toBeUndefined()
      expect(step.said).toContain('API_DISABLED_FOR_ORG')
    }),
  )
})

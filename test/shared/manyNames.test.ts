import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import { connectors, flagship } from '../connectors.ts'

let org: SimulatedOrg
beforeAll(async () => {
  org = await startSimulator()
})
afterAll(() => org.close())

const count = 20_000

function many(name: (at: number) => string): object {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [name(at), 'x']))
}

async function run(action: string, connector: string, members: object, settings: object = {}) {
  const actionContext = {
    DryRun: true,
    Configuration: {
      BaseUrl: org.url,
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
      ...settings,
    },
    References: { Account: seedIds.users.annBoss },
    ...members,
  }
  const { code, output, stderr } = await answer(action, { actionContext }, connector)
  return { code, said: (output.AuditLogs ?? []).map(({ Message }) => Message).join('\n'), log: stderr }
}

describe.each(connectors)('of more names than anybody reads, %s', (connector) => {
  test.each(['create', 'update'])('%s names the first ones in Data and counts the rest', async (action) => {
    const { code, said } = await run(action, connector, { Data: many((at) => `titel ${at}`) })
    expect(code).toBe(1)
    expect(said).toContain(`Data has ${count} members, more than the 1000 fields that can be mapped`)
    expect(said).toContain('Data.titel 7')
    expect(said).not.toContain('Data.titel 77 ')
    expect(said).toContain(`and ${count + 1 - 20} more`)
    expect(said.length).toBeLessThan(4000)
  })

  test.each(['create', 'update'])('%s reads no endless list of custom fields', async (action) => {
    const sent = org.requests.length
    const { code, said } = await run(action, connector, { Data: many((at) => `Own${at}__c`) })
    expect(code).toBe(1)
    expect(said).toContain(`Data has ${count} members, more than the 1000 fields that can be mapped`)
    expect(org.requests).toHaveLength(sent)
  })

  // A leaver must not stay for the sake of the mapping.
  test.each([
    ['unknown', (at: number) => `titel ${at}`],
    ['custom', (at: number) => `Own${at}__c`],
  ])('disable goes on whatever the %s names', async (_, name) => {
    const Data = many(name)
    const { code, said, log } = await run('disable', connector, { Data })
    expect({ code, said }).toMatchObject({
      code: 0,
      said: expect.stringContaining('Would deactivate') as string,
    })
    expect(log.split('\n').length).toBeLessThan(60)
  })

  test('disable goes on whatever the host asks to be told', async () => {
    const actionContext = {
      DryRun: true,
      Configuration: {
        BaseUrl: org.url,
        ClientID: seedCredentials.clientId,
        ClientSecret: seedCredentials.clientSecret,
      },
      References: { Account: seedIds.users.annBoss },
    }
    const outputContext = { Data: many((at) => `Own${at}__c`) }
    const { code } = await answer('disable', { actionContext, outputContext }, connector)
    expect(code).toBe(0)
  })

  test('the log names the first settings that are none and counts the rest', async () => {
    const { code, log } = await run(
      'disable',
      connector,
      {},
      many((at) => `BaseUrl${at}`),
    )
    expect(code).toBe(0)
    expect(log).toContain('Configuration.BaseUrl7 is not a setting: is BaseUrl meant?')
    expect(log).toContain(`Configuration has ${count - 20} more members that are not settings`)
    expect(log.split('\n').length).toBeLessThan(60)
  })
})

test('the lines say so in Dutch', async () => {
  const { said } = await run('update', flagship, { Data: many((at) => `titel ${at}`) }, { Language: 'nl' })
  expect(said).toContain(`Data heeft ${count} velden, meer dan de 1000 die gemapt kunnen worden`)
  expect(said).toContain(`en nog ${count + 1 - 20}`)
})

test('what is wrong with very many members of a list is said once in a while', async () => {
  const ImportFields = Array.from({ length: count }, () => 7)
  const { code, said } = await run('disable', flagship, { ImportFields })
  expect(code).toBe(2)
  expect(said).toContain(`and ${count - 20} more`)
})

import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import { answer } from '../runInProcess.ts'
import { restConnector } from '../connectors.ts'
import { audit, type Run, runScript } from '../process.ts'

const path = 'Configuration.ApexRestPath must be the path of an Apex REST resource behind /services/apexrest/'
const objects = (name: string): string =>
  `Configuration.TransferRecords [${name}] is not the API name of an object that has an owner`

const cases: readonly [settings: object, says: string][] = [
  [{ ApexRestPath: 'https://acme.my.salesforce.com/services/apexrest/helloid/users' }, path],
  [{ ApexRestPath: 'helloid/users?x=1' }, path],
  [{ ApexRestPath: 'helloid//users' }, path],
  [{ ApexRestPath: '../data/v66.0/sobjects/User' }, path],
  [{ ApexRestPath: 'helloid/./users' }, path],
  [{ ApexRestPath: 'helloid/{id}' }, path],
  [{ ApexRestPath: '/' }, path],
  [{ ApexRestPath: 'a'.repeat(256) }, path],
  [{ ApexRestPath: ['helloid/users'] }, 'Configuration.ApexRestPath must be a string'],
  [{ TransferRecords: 'User' }, objects('User')],
  [{ TransferRecords: 'Account, user' }, objects('user')],
  [{ TransferRecords: "Account WHERE Name != ''" }, objects("Account WHERE Name != ''")],
  [{ TransferRecords: ['Case', 'Opportunity!'] }, objects('Opportunity!')],
  [{ TransferRecords: { Account: true } }, 'Configuration.TransferRecords must be'],
  [{ TransferRecords: true }, 'Configuration.TransferRecords must be'],
  [{ ContactBackedUsers: 'perhaps' }, 'Configuration.ContactBackedUsers must be'],
  [{ PasswordResetOnFirstEnable: 'sometimes' }, 'Configuration.PasswordResetOnFirstEnable must be'],
  [{ EndSessionsOnDisable: 2 }, 'Configuration.EndSessionsOnDisable must be'],
]

test.each(cases)('%j is refused in one sentence and nothing is sent', async (settings, says) => {
  const said = await refused(settings, (context) => answer('disable', context, restConnector))
  expect(said).toContain(says)
})

test('so they are by the built script', async () => {
  for (const [settings, says] of cases.filter((_, at) => at % 9 === 0)) {
    const said = await refused(settings, (context) =>
      runScript('disable', context, { connector: restConnector }),
    )
    expect(said).toContain(says)
  }
})

test.each([
  ['nothing', { ApexRestPath: '', TransferRecords: '', EndSessionsOnDisable: null }],
  ['no list', { TransferRecords: [] }],
  [
    'switches as texts',
    { ContactBackedUsers: 'false', PasswordResetOnFirstEnable: 'False', EndSessionsOnDisable: 'false' },
  ],
])('%s is as good as leaving the options out', async (_what, settings) => {
  const org = await startSimulator()
  try {
    const run = await answer('disable', contextOf(org.url, settings), restConnector)
    expect(run.code).toBe(0)
    expect(org.requests.map(({ method, path: at }) => `${method} ${at}`).join()).not.toMatch(
      /apexrest|revoke/,
    )
    expect(org.requests.map(({ search }) => search).join()).not.toMatch(
      /AuthSession|OwnerId|ManagerId|LastLoginDate/,
    )
  } finally {
    await org.close()
  }
})

function contextOf(url: string, settings: object): object {
  const { clientId, clientSecret } = seedCredentials
  return {
    actionContext: {
      DryRun: false,
      Configuration: { BaseUrl: url, ClientID: clientId, ClientSecret: clientSecret, ...settings },
      References: { Account: seedIds.users.annBoss },
    },
  }
}

/** What is said of the settings, in the only audit line; the org sees nothing. */
async function refused(settings: object, perform: (context: object) => Promise<Run>): Promise<string> {
  const org = await startSimulator()
  try {
    const run = await perform(contextOf(org.url, settings))
    expect([run.code, run.output.Success, org.requests]).toEqual([1, false, []])
    expect(run.stdout).toMatch(/^\{.*\}\n$/)
    expect(run.output.AuditLogs?.map(({ IsError }) => IsError)).toEqual([true])
    return audit(run)
  } finally {
    await org.close()
  }
}

import { seedIds } from '../../simulator/seed/seedIds.ts'
import { addRecords } from '../../simulator/seed/seedRecords.ts'
import { withRestCase } from './host.ts'

const account = seedIds.users.annBoss

// What hangs is given up when its share is used up: side by side these take no longer than one of them.
test.concurrent.each([
  ['the query of the records to hand over', 'GET', ' FROM Account ', { TransferRecords: 'Account' }],
  ['the query of the sessions', 'GET', ' FROM AuthSession ', { EndSessionsOnDisable: true }],
  ['the revocation of a token', 'POST', '/oauth2/revoke', { EndSessionsOnDisable: true }],
  ['the query of the sign-in', 'GET', ' FROM UserLogin ', {}],
])('%s that hangs leaves time for the deactivation', async (_, method, part, settings) => {
  await withRestCase(
    {},
    async (host) => {
      addRecords(host.org.org)
      const step = await host.run('disable', { account, settings: { ...settings, ActionTimeoutSeconds: 5 } })
      expect(host.row(account).IsActive).toBe(false)
      expect(step.said).toContain(`Disable account: [${account}] was successful`)
    },
    ({ method: sent, path }) => (sent === method && path.includes(part) ? 'hold' : undefined),
  )
})

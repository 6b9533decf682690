import { seedIds } from '../../simulator/seed/seedIds.ts'
import { connectors } from '../connectors.ts'
import { hostsOf } from './permissionHost.ts'
import { account } from './permissions.ts'

/** A file of its own, because its clock is that of everything that runs beside it. */
test.each(connectors)(
  '%s: a public group that stays locked fails in words, and nothing changes',
  (connector) =>
    hostsOf(connector).withCase({ groupLock: true }, async ({ run, simulator }) => {
      const { uptime } = process
      const tries = (): number =>
        simulator.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/oauth2/token'))
          .length
      // The group is asked for as long as there is time: each try takes five seconds of 25, and nobody waits for them.
      const clock = jest.spyOn(process, 'uptime').mockImplementation(() => uptime.call(process) + 5 * tries())
      try {
        const permission = { Reference: seedIds.groups.contractReviewers, Type: 'PublicGroup' }
        const step = await run('grantPermission', { account, permission })
        expect(step.code).toBe(1)
        expect(step.said).toContain('UNABLE_TO_LOCK_ROW')
        expect(step.changes).toEqual([])
        expect(tries()).toBeGreaterThan(1)
      } finally {
        clock.mockRestore()
      }
    }),
)

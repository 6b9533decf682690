import { checkReserve } from '../../shared/lifecycle/imports/apiReserve.ts'
import { runScript } from '../process.ts'
import { type Account, contextFor, idsOf, runImport, withOrg, withUsers } from './support.ts'

/** 5,000 users: by SOQL a few requests more than the reserve lets pass. */
const users = 5_000

test('an import stops in good order before the reserve is used, and goes on behind the last id', async () => {
  await withUsers(users, {}, async (org) => {
    const whole = await runImport<Account>('import', contextFor(org.url, { ImportConcurrency: 1 }))
    expect(whole.code).toBe(0)

    Object.assign(org.org.apiUsage, { used: 88, limit: 100 })
    const settings = { ImportConcurrency: 1 }
    const part = await runImport<Account>('import', contextFor(org.url, settings))
    expect(part.code).toBe(1)
    expect(part.objects.length).toBeGreaterThan(0)
    expect(part.objects.length).toBeLessThan(whole.objects.length)
    const [error = ''] = part.errors
    // Requests that were under way when it was seen are not taken back.
    expect(error).toMatch(/the org has used 9[0-2] of its 100 API requests/)
    expect(error).toContain('Configuration.ApiReservePercent keeps 10 %')
    expect(error).toMatch(/Go on when fewer than 90 are used .* at \d{4}-\d\d-\d\d \d\d:\d\d UTC/)
    expect(error).toContain(`end with [${idsOf(part).at(-1)}]`)
    expect(org.org.apiUsage.used).toBeLessThanOrEqual(92)

    Object.assign(org.org.apiUsage, { used: 0, limit: 100_000 })
    const ImportResumeAfter = idsOf(part).at(-1)
    const rest = await runImport<Account>('import', contextFor(org.url, { ...settings, ImportResumeAfter }))
    expect([...idsOf(part), ...idsOf(rest)]).toEqual(idsOf(whole))
  })
}, 60_000)

test('the reserve can be set, and 0 is none', async () => {
  await withOrg({}, async (org) => {
    Object.assign(org.org.apiUsage, { used: 60, limit: 100 })
    const half = await runImport('importPermissions', contextFor(org.url, { ApiReservePercent: '50' }))
    expect(half.code).toBe(1)
    expect(half.errors.join()).toContain('keeps 50 %')
    const none = await runImport('import', contextFor(org.url, { ApiReservePercent: 0 }))
    expect(none.code).toBe(0)
    const wrong = await runImport('import', contextFor(org.url, { ApiReservePercent: 91 }))
    expect(wrong.errors.join()).toContain('Configuration.ApiReservePercent')
  })
})

test('a leaver goes through where an import stops', async () => {
  await withOrg({}, async (org) => {
    Object.assign(org.org.apiUsage, { used: 95, limit: 105 })
    const Account = org.user('kim.jansen@acme.example')?.Id
    const run = await runScript('disable', contextFor(org.url, {}, { References: { Account } }))
    expect(run.code).toBe(0)
    expect(org.user('kim.jansen@acme.example')?.IsActive).toBe(false)
  })
})

test('an org that does not tell its usage is not held back, and nothing is before the reserve', () => {
  expect(() => checkReserve(undefined, 10)).not.toThrow()
  expect(() => checkReserve({ used: 89, limit: 100 }, 10)).not.toThrow()
  expect(() => checkReserve({ used: 90, limit: 100 }, 10)).toThrow('90 of its 100')
})

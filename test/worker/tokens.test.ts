import { ConnectorError } from '../../shared/errors.ts'
import type { Token } from '../../shared/salesforce/session/signIn.ts'
import { memoryTokens } from '../../shared/salesforce/session/tokens.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { configuration } from '../contract/support.ts'
import { byId, line, sentence, startWorker, stopWorkers, type Worker } from './support.ts'

const owner = (clientSecret: string) => ({
  signInUrl: new URL('https://acme.my.salesforce.com/services/oauth2/token'),
  baseUrl: new URL('https://acme.my.salesforce.com'),
  credentials: { flow: 'client_credentials', clientId: 'app', clientSecret } as const,
})
const token = (accessToken: string): Token => ({ accessToken, instanceUrl: undefined, orgId: undefined })
const patient = { remaining: () => 10_000 }

/** A sign-in that is settled by hand. */
function pending() {
  let settle = { resolve: (_: Token): void => undefined, reject: (_: Error): void => undefined }
  const promise = new Promise<Token>((resolve, reject) => (settle = { resolve, reject }))
  return { signIn: () => promise, ...settle }
}

describe('tokens in memory', () => {
  test('all who ask while one signs in get its token, and so do those who ask later', async () => {
    const tokens = memoryTokens()
    const { signIn, resolve } = pending()
    let signIns = 0
    const count = (): Promise<Token> => (signIns++, signIn())
    const asked = [1, 2, 3].map(() => tokens.get(owner('a'), count, patient))
    resolve(token('T1'))
    expect(await Promise.all(asked)).toEqual([token('T1'), token('T1'), token('T1')])
    expect(await tokens.get(owner('a'), count, patient)).toEqual(token('T1'))
    expect(signIns).toBe(1)
  })

  test('other credentials have another token, also when only the secret differs', async () => {
    const tokens = memoryTokens()
    await tokens.get(owner('a'), () => Promise.resolve(token('T1')), patient)
    expect(await tokens.get(owner('b'), () => Promise.resolve(token('T2')), patient)).toEqual(token('T2'))
  })

  test('a refused token is dropped, but not the one that has taken its place', async () => {
    const tokens = memoryTokens()
    const next = (name: string) => tokens.get(owner('a'), () => Promise.resolve(token(name)), patient)
    await next('T1')
    await tokens.drop(owner('a'), token('T1'))
    expect(await next('T2')).toEqual(token('T2'))
    await tokens.drop(owner('a'), token('T1'))
    expect(await next('T3')).toEqual(token('T2'))
  })

  test('who is refused is refused for all who waited, and the next one tries again', async () => {
    const tokens = memoryTokens()
    const { signIn, reject } = pending()
    const asked = [1, 2].map(() => tokens.get(owner('a'), signIn, patient))
    reject(new ConnectorError('MISCONFIGURED', 'the secret is wrong'))
    for (const each of asked) await expect(each).rejects.toThrow('the secret is wrong')
    expect(await tokens.get(owner('a'), () => Promise.resolve(token('T1')), patient)).toEqual(token('T1'))
  })

  test("when another's time runs out, whoever waited for it signs in itself", async () => {
    const tokens = memoryTokens()
    const { signIn, reject } = pending()
    const hasty = tokens.get(owner('a'), signIn, patient)
    const own = tokens.get(owner('a'), () => Promise.resolve(token('T1')), patient)
    reject(new ConnectorError('UNAVAILABLE', 'no time left'))
    await expect(hasty).rejects.toThrow('no time left')
    expect(await own).toEqual(token('T1'))
  })

  test('who waits for another gives up when its own time is up', async () => {
    const tokens = memoryTokens()
    const { signIn, resolve } = pending()
    const slow = tokens.get(owner('a'), signIn, patient)
    let remaining = 5
    const impatient = tokens.get(owner('a'), signIn, {
      remaining: () => {
        const now = remaining
        remaining = 0
        return now
      },
    })
    await expect(impatient).rejects.toThrow('used up by waiting for the sign-in')
    resolve(token('T1'))
    expect(await slow).toEqual(token('T1'))
  })

  test('what was not asked for longest makes room when there are very many', async () => {
    const tokens = memoryTokens()
    const get = (name: string, signedIn: string) =>
      tokens.get(owner(name), () => Promise.resolve(token(signedIn)), patient)
    await get('first', 'T1')
    for (let other = 0; other < 600; other++) await get(`other ${other}`, 'T')
    expect(await get('first', 'T2')).toEqual(token('T2'))
    expect(await get('other 599', 'T3')).toEqual(token('T'))
  })
})

describe('the token of a worker', () => {
  let org: SimulatedOrg
  let worker: Worker
  beforeEach(async () => {
    org = await startSimulator({ delay: 10 })
    worker = startWorker(8)
  })
  afterEach(async () => {
    stopWorkers()
    await org.close()
  })
  const accounts = [seedIds.users.annBoss, seedIds.users.obrien, seedIds.users.platform, seedIds.users.admin]
  const signIns = (): number => org.requests.filter(({ path }) => path.endsWith('/token')).length
  const wave = (title: string): void => {
    for (const Account of accounts) {
      worker.send(
        line(`${title} ${Account}`, 'update', org.url, { References: { Account }, Data: { title } }),
      )
    }
  }
  const failures = (): string[] =>
    worker.answers.filter(({ Output }) => Output.Success !== true).map(sentence)

  test('is asked for once, and once again for all who were refused with it', async () => {
    wave('First')
    await worker.answered(4)
    expect(signIns()).toBe(1)
    org.org.tokens.clear()
    wave('Second')
    await worker.answered(8)
    expect(failures()).toEqual([])
    expect(org.requests.filter(({ status }) => status === 401)).toHaveLength(4)
    expect(signIns()).toBe(2)
    wave('Third')
    expect(await worker.end()).toBe(0)
    expect(failures()).toEqual([])
    expect(signIns()).toBe(2)
  })

  test('saves the request for it: two for an update without change, two for a create', async () => {
    const Account = seedIds.users.annBoss
    const Data = { title: org.user(Account)?.Title ?? '' }
    const requests = async (Action: string, over: Record<string, unknown>): Promise<number> => {
      const before = org.requests.length
      worker.send(line(Action, Action, org.url, over))
      await worker.answered(worker.answers.length + 1)
      return org.requests.length - before
    }
    expect(await requests('update', { References: { Account }, Data })).toBe(3)
    expect(await requests('update', { References: { Account }, Data })).toBe(2)
    expect(
      await requests('create', {
        Configuration: configuration(org.url, { DefaultProfile: seedIds.profiles.standardUser }),
      }),
    ).toBe(2)
    expect(failures()).toEqual([])
    await worker.end()
  })

  test('is not lent to who has the wrong secret', async () => {
    wave('First')
    await worker.answered(4)
    const Configuration = configuration(org.url, { ClientSecret: 'of somebody else' })
    worker.send(line('stranger', 'disable', org.url, { Configuration }))
    await worker.end()
    const stranger = byId(worker.answers, 'stranger')
    expect(stranger?.Output.Success).toBe(false)
    expect(sentence(stranger)).toContain('ClientSecret')
    expect(org.user(seedIds.users.annBoss)?.IsActive).toBe(true)
  })
})

import { makeId } from '../../simulator/org/ids.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'
import { type RecordedRequest, type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { signedIn, startRogue } from '../contract/misbehavingServer.ts'
import { byId, line, startWorker, stopWorkers } from './support.ts'

afterAll(stopWorkers)

async function withOrg(delay: number, test: (org: SimulatedOrg) => Promise<void>): Promise<void> {
  const org = await startSimulator({ delay, seed: { users: 40 } })
  try {
    await test(org)
  } finally {
    await org.close()
  }
}

/** Active users that no test names. */
function peopleOf(org: SimulatedOrg, count: number): string[] {
  const named: readonly string[] = Object.values(seedIds.users)
  const others = [...org.org.users.values()].filter(({ Id, IsActive }) => IsActive && !named.includes(Id))
  return others.slice(0, count).map(({ Id }) => Id)
}

/** Which account each request was about, in the order in which they were answered. */
function accounts(requests: readonly RecordedRequest[]): string[] {
  const text = requests.map(({ path, search, body }) => decodeURIComponent(path + search) + body)
  return text.map((each) => /005\w{15}/.exec(each)?.[0] ?? '').filter((id) => id !== '')
}

/** How often the account changes from one request to the next. */
function switches(ids: readonly string[]): number {
  return ids.filter((id, index) => index > 0 && id !== ids[index - 1]).length
}

const { annBoss, obrien, platform } = seedIds.users
const update = (org: SimulatedOrg, Id: string, Account: string, title: string) =>
  line(Id, 'update', org.url, { References: { Account }, Data: { title } })

test('actions of one account run in the order of their lines, while those of others run beside them', () =>
  withOrg(15, async (org) => {
    const worker = startWorker(8)
    const ids = [annBoss, obrien, platform]
    for (let turn = 1; turn <= 8; turn++) {
      for (const id of ids) worker.send(update(org, `${id} ${turn}`, id, `Title ${turn}`))
    }
    expect(await worker.end()).toBe(0)
    expect(worker.answers).toHaveLength(24)
    for (const id of ids) {
      expect(org.user(id)?.Title).toBe('Title 8')
      for (let turn = 2; turn <= 8; turn++) {
        const { PreviousData, Data } = byId(worker.answers, `${id} ${turn}`)?.Output ?? {}
        expect([PreviousData?.['title'], Data?.['title']]).toEqual([`Title ${turn - 1}`, `Title ${turn}`])
      }
    }
    // One after the other, the org would have seen three accounts with two switches between them for each turn.
    expect(switches(accounts(org.requests))).toBeGreaterThan(24)
    expect(org.requests.filter(({ path }) => path.includes('oauth2'))).toHaveLength(1)
  }))

test('one at a time when that is asked', () =>
  withOrg(0, async (org) => {
    const worker = startWorker(1)
    const ids = peopleOf(org, 10)
    for (const id of ids) worker.send(update(org, id, id, 'Alone'))
    expect(await worker.end()).toBe(0)
    expect(worker.answers.map(({ Id }) => Id)).toEqual(ids)
    expect(switches(accounts(org.requests))).toBe(ids.length - 1)
  }))

test('changes of roles, groups and queues run one at a time in an org, and let all else pass', () =>
  withOrg(15, async (org) => {
    const worker = startWorker(8)
    const people = [annBoss, obrien, platform]
    const others = peopleOf(org, 5)
    const { groups, roles } = seedIds
    const grant = (Account: string, Type: string, Reference: string) =>
      line(`${Account} ${Type}`, 'grantPermission', org.url, {
        References: { Account, Permission: { Type, Reference } },
      })
    worker.send(grant(annBoss, 'Role', roles.apacSales))
    worker.send(grant(obrien, 'PublicGroup', groups.contractReviewers))
    worker.send(grant(platform, 'Queue', groups.leadsQueue))
    for (const id of others) worker.send(update(org, id, id, 'Passed'))
    expect(await worker.end()).toBe(0)
    expect(worker.answers.filter(({ Output }) => Output.Success !== true)).toEqual([])
    const seen = accounts(org.requests)
    const locking = seen.filter((id) => people.includes(id))
    expect(new Set(locking).size).toBe(3)
    expect(switches(locking)).toBe(2)
    const last = Math.max(...people.map((id) => seen.lastIndexOf(id)))
    expect(Math.max(...others.map((id) => seen.lastIndexOf(id)))).toBeLessThan(last)
  }))

test('every action has the whole of its time, however long it waited for its turn', () =>
  withOrg(250, async (org) => {
    const worker = startWorker(1)
    const ids = peopleOf(org, 8)
    const Configuration = {
      ...(line(0, 'update', org.url)['Context'] as { Configuration: object }).Configuration,
      ActionTimeoutSeconds: 2,
    }
    for (const Account of ids) {
      const over = { DryRun: true, References: { Account }, Data: { title: 'Late' }, Configuration }
      worker.send(line(Account, 'update', org.url, over))
    }
    expect(await worker.end()).toBe(0)
    expect(worker.answers.map(({ Output }) => Output.Success)).toEqual(ids.map(() => true))
  }))

test('an action whose time is up fails by itself, and those behind it do not', () =>
  withOrg(0, async (org) => {
    const stuck = org.fault({ when: { path: new RegExp(annBoss), times: 9 }, delay: 3_000 })
    const worker = startWorker(1)
    const { Context } = line(0, 'update', org.url) as { Context: { Configuration: object } }
    const Configuration = { ...Context.Configuration, ActionTimeoutSeconds: 1 }
    worker.send(line('stuck', 'update', org.url, { References: { Account: annBoss }, Configuration }))
    worker.send(update(org, 'next', obrien, 'On time'))
    expect(await worker.end()).toBe(0)
    expect(worker.answers.map(({ Id, Output }) => [Id, Output.Success])).toEqual([
      ['stuck', false],
      ['next', true],
    ])
    expect(stuck.fired).toBeGreaterThan(0)
  }))

test('no more is read than can wait, until answers have been taken', async () => {
  let asked = 0
  let wake = (): void => undefined
  const bothAsked = new Promise<void>((resolve) => (wake = resolve))
  const silent = await startRogue((request, response) => {
    if (!signedIn(request, response) && ++asked === 2) wake()
  })
  const worker = startWorker(2)
  // Together larger than what pipes and buffers between the processes hold.
  const Data = { title: 'Held', aboutMe__c: 'x'.repeat(40_000) }
  const Accounts = Array.from({ length: 40 }, (_, index) => makeId('005', 2 + index))
  for (const Account of Accounts) {
    worker.send(line(Account, 'update', silent.url, { References: { Account }, Data }))
  }
  await bothAsked
  expect(worker.child.stdin?.writableLength).toBeGreaterThan(100_000)
  expect(worker.answers).toEqual([])
  worker.child.kill('SIGKILL')
  await worker.exit
  await silent.close()
})

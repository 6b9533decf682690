import { seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { asBuilt, connectors, flagship } from '../connectors.ts'
import { breaches, configuration, contextFor, type Json } from '../contract/support.ts'
import type { Output } from '../process.ts'
import { toRestContext } from '../../reliability/scenarios/restFieldNames.ts'
import { byId, startWorker, stopWorkers, workerOf } from './support.ts'

afterAll(stopWorkers)

const { users, permissionSets, groups, roles } = seedIds
const References = { Account: users.annBoss }
const account = (Account: string) => ({ References: { Account } })

/** What a host might ask in one go: several actions of one account, and of others, good ones and bad ones. */
function requests(url: string): [action: string, context: unknown][] {
  const context = (action: string, over: Json = {}): [string, Json] => [action, contextFor(action, url, over)]
  const permission = (Type: string, Reference: string) => ({
    References: { Account: users.obrien, Permission: { Type, Reference } },
  })
  const worker = (index: number): Json => ({
    Data: {
      userName: `worker${index}@acme.example`,
      externalId: `W${index}`,
      familyName: `Worker ${index}`,
      emailAddress: `worker${index}@acme.example`,
      mobilePhone: `+31 6 0000000${index}`,
      companyName: 'Acme',
    },
    CorrelationConfiguration: { Enabled: true, AccountField: 'externalId', PersonFieldValue: `W${index}` },
  })
  return [
    context('create', { DryRun: true }),
    context('uniquenessCheck'),
    context('create'),
    context('uniquenessCheck'),
    context('create'),
    ...[1, 2, 3, 4].map((index) => context('create', worker(index))),
    context('update', { References, Data: { title: 'Chief', department: 'Board', companyName: 'Acme' } }),
    context('update', { References, Data: { title: 'Chief' } }),
    context('disable', { References }),
    context('disable', { References }),
    context('enable', { References }),
    context('delete', { References, Origin: 'reconciliation' }),
    context('update', { References, Data: { titel: 'No such field' } }),
    context('grantPermission', permission('PermissionSet', permissionSets.contractEditor)),
    context('grantPermission', permission('PermissionSet', permissionSets.contractEditor)),
    context('revokePermission', permission('PermissionSet', permissionSets.contractEditor)),
    context('grantPermission', permission('PublicGroup', groups.contractReviewers)),
    context('grantPermission', permission('Role', roles.apacSales)),
    context('revokePermission', permission('PublicGroup', groups.contractReviewers)),
    context('enable', account(users.leaver)),
    context('disable', account(users.blocked)),
    context('update', account('0055g0000099999AAA')),
    context('delete', account('0055g0000099999AAA')),
    context('update', account('not an id')),
    context('disable', { References, Configuration: configuration(url, { ClientSecret: 'a wrong secret' }) }),
    context('disable', { References, Configuration: { BaseUrl: url } }),
    ['enable', { Configuration: configuration(url), References }],
    ['enable', 7],
    context('listPermissions', { Configuration: configuration(url, { PermissionTypes: 'Profile, Role' }) }),
  ]
}

/** Without what differs from org to org: the port, and the ids of what was created. */
function settled(output: Output | undefined): string {
  return JSON.stringify(output)
    .replace(/127\.0\.0\.1:\d+/g, '<host>')
    .replace(/\b0055g\w{13}\b/g, (id) => (Object.values<string>(users).includes(id) ? id : '<new>'))
    .replace('stdin holds', '<origin> holds')
    .replace('Context holds', '<origin> holds')
}

/** Everything of the users that a host can see, by name. */
function state(org: SimulatedOrg): Json {
  const rows = [...org.org.users.values()].map((row) => [
    row.Username,
    { ...row, Id: '', LastModifiedDate: '', CreatedDate: '', SystemModstamp: '' },
  ])
  return Object.fromEntries(rows) as Json
}

test.each(connectors)(
  'the same contexts have the same results from the scripts of %s and from a worker, and leave equal orgs',
  async (connector) => {
    const inItsWords = (context: unknown): unknown =>
      connector === flagship ? context : toRestContext(context)
    const perform = asBuilt(connector)
    const now = (): Date => new Date('2026-03-01T12:00:00Z')
    const [forScripts, forWorker] = await Promise.all([startSimulator({ now }), startSimulator({ now })])
    try {
      const byScripts: Output[] = []
      for (const [action, context] of requests(forScripts.url)) {
        const run = await perform(action, inItsWords(context))
        expect(breaches(run, run.code ?? -1)).toEqual([])
        byScripts.push(run.output)
      }

      const worker = startWorker(8, workerOf(connector))
      const asked = requests(forWorker.url)
      asked.forEach(([Action, Context], Id) => worker.send({ Id, Action, Context: inItsWords(Context) }))
      expect(await worker.end()).toBe(0)
      expect(worker.answers).toHaveLength(asked.length)
      expect(asked.map((_, Id) => settled(byId(worker.answers, Id)?.Output))).toEqual(byScripts.map(settled))

      expect(state(forWorker)).toEqual(state(forScripts))
      const written = (org: SimulatedOrg): string[] =>
        org
          .writes()
          .map(({ method, path, status }) => `${method} ${path.replace(/0055g\w{13}$/, '')} ${status}`)
          .sort()
      expect(written(forWorker).length).toBeGreaterThan(10)
      expect(written(forWorker)).toEqual(written(forScripts))
    } finally {
      await Promise.all([forScripts.close(), forWorker.close()])
    }
  },
)

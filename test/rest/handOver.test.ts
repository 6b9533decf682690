import { openForActive } from '../../connectors/salesforce-apex-rest/accounts/active.ts'
import { transferRecords } from '../../connectors/salesforce-apex-rest/accounts/transferRecords.ts'
import type { Org } from '../../connectors/salesforce-apex-rest/org.ts'
import { parseInput } from '../../shared/host/context.ts'
import type { AuditLog } from '../../shared/host/result.ts'
import { makeId } from '../../simulator/org/ids.ts'
import { seedIds, seedCredentials } from '../../simulator/seed/seedIds.ts'
import type { Given, Host } from '../lifecycle/host.ts'
import { shortly, withRecords, withRecordsCase } from './records.ts'

const { users, groups, opportunities, cases } = seedIds
const account = users.leaver
const manager = users.annBoss
const objects = ['Account', 'Contact', 'Opportunity', 'Lead', 'Case']
const settings = { TransferRecords: objects.join(', ') }
const on: Given = { account, settings }
const to = `of account [${account}] to the manager Ann Boss [${manager}]`

/** The leaver works again, for the manager: the seed has the account inactive. */
function prepare({ change }: Host, ManagerId: string | null = manager): void {
  change(account, { IsActive: true, ManagerId })
}

/** Whose records are of each object, in the order of `objects`: the leaver's, and the manager's that were. */
function owned({ org: { org } }: Host, owner: string): number[] {
  return [org.accounts, org.contacts, org.opportunities, org.leads, org.cases].map(
    (table) => [...table.values()].filter(({ OwnerId }) => OwnerId === owner).length,
  )
}

const none = [0, 0, 0, 0, 0]
const all = [1, 1, 2, 1, 2]

test('a leaver is frozen, hands everything over to the manager, and is deactivated', async () => {
  await withRecords({}, async (host) => {
    prepare(host)
    const before = owned(host, manager)
    const step = await host.run('disable', on)
    expect([step.code, owned(host, account), host.row(account).IsActive]).toEqual([0, none, false])
    expect(owned(host, manager)).toEqual(before.map((count, at) => count + (all[at] ?? 0)))
    for (const [at, object] of objects.entries())
      expect(step.said).toContain(`Handed over ${all[at]} ${object} records ${to}`)
    expect(shortly(step.requests).slice(2, 7)).toEqual([
      expect.stringMatching(/^PATCH .*UserLogin/),
      'query Account',
      'query User',
      'PATCH /composite/sobjects',
      'query Contact',
    ])
    expect(shortly(step.writes).at(-1)).toBe('POST /composite')
    expect(
      step.writes.filter(({ path }) => path.endsWith('/sobjects')).map(({ json }) => json),
    ).toContainEqual({
      allOrNone: false,
      records: [opportunities.open, opportunities.closed].map((Id) => ({
        attributes: { type: 'Opportunity' },
        Id,
        OwnerId: manager,
      })),
    })
    const again = await host.run('disable', on)
    expect([again.code, again.writes]).toEqual([0, []])
    expect(shortly(again.requests)).not.toContain('PATCH /composite/sobjects')
  })
})

test.each(['disable', 'delete'] as const)(
  '%s asks for no record and no manager unless it is told to',
  async (action) => {
    await withRecordsCase({}, async (host) => {
      prepare(host)
      const step = await host.run(action, { account })
      expect([step.code, owned(host, account)]).toEqual([0, all])
      expect(shortly(step.requests).join()).not.toMatch(/Opportunity|Case|composite\/sobjects/)
      expect(step.requests.map(({ search }) => search).join()).not.toContain('ManagerId')
    })
  },
)

test('delete hands over as well; a freeze keeps the account and so its records', async () => {
  await withRecordsCase({}, async (host) => {
    prepare(host)
    const frozen = await host.run('disable', { account, settings: { ...settings, DisableMode: 'freeze' } })
    expect([frozen.code, owned(host, account)]).toEqual([0, all])
    const step = await host.run('delete', on)
    expect([step.code, owned(host, account), host.row(account).IsActive]).toEqual([0, none, false])
  })
})

test('a dry run tells how many of each object, and the first request for each', async () => {
  await withRecordsCase({}, async (host) => {
    prepare(host)
    addCases(host, 298)
    const step = await host.run('disable', { ...on, dryRun: true })
    expect([step.code, owned(host, account)]).toEqual([0, [1, 1, 2, 1, 300]])
    expect(step.said).toContain(`[DryRun] Would hand over 2 Opportunity records ${to}`)
    expect(step.said).toContain(`[DryRun] Would hand over 300 Case records ${to}`)
    expect(step.stderr.match(/Would send PATCH \/services\/data\/v66.0\/composite\/sobjects/g)).toHaveLength(
      5,
    )
  })
})

test("the org's assignment rules do not take records from the manager", async () => {
  await withRecordsCase({}, async (host) => {
    prepare(host)
    host.org.org.assignmentRules.set('Case', groups.supportQueue)
    const step = await host.run('disable', on)
    expect([step.code, host.org.org.cases.get(cases.open)?.OwnerId]).toEqual([0, manager])
  })
})

const problem = 'give the account an active manager, or hand the records over by hand, and run this again'

test.each<[string, string | null, string]>([
  ['there is no manager', null, 'the account has no manager in Salesforce'],
  ['the manager is inactive', users.twinOne, `the manager [${users.twinOne}] is not active in Salesforce`],
  ['the manager is the leaver', account, 'the account is its own manager in Salesforce'],
])(
  'where %s, nothing is handed over, the leaver is out, and the run fails until that is mended',
  async (_what, id, says) => {
    await withRecordsCase({}, async (host) => {
      prepare(host, id)
      host.change(users.twinOne, { IsActive: false })
      const step = await host.run('disable', on)
      expect([step.code, owned(host, account), host.row(account).IsActive]).toEqual([1, all, false])
      expect(step.said).toContain(
        `Could not hand over 2 Case records of account [${account}]. Error: ${says}: ${problem}`,
      )
      const preview = await host.run('disable', { ...on, dryRun: true })
      expect(preview.said).toContain(
        `[DryRun] Could not hand over 2 Case records of account [${account}]. Error: ${says}`,
      )
      host.change(account, { ManagerId: manager })
      const again = await host.run('disable', on)
      expect([again.code, owned(host, account)]).toEqual([0, none])
    })
  },
)

test('a leaver who owns nothing needs no manager', async () => {
  await withRecordsCase({}, async (host) => {
    const step = await host.run('disable', { account: users.twinOne, settings })
    expect([step.code, step.said]).toEqual([0, expect.stringContaining('was successful') as string])
  })
})

test('a lookup of the manager that fails keeps nobody in', async () => {
  await withRecordsCase({}, async (host) => {
    prepare(host)
    host.org.fault({
      when: { search: /Name%2C%20IsActive%20FROM%20User/, times: Infinity },
      effect: {
        kind: 'answer',
        status: 400,
        body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'Name'" }],
      },
    })
    const step = await host.run('disable', on)
    expect([step.code, owned(host, account), host.row(account).IsActive]).toEqual([1, all, false])
    expect(step.said).toContain(
      `Could not hand over 2 Case records of account [${account}]. Error: No such column`,
    )
  })
})

test('objects that are not there or have no owner are errors with their names, and the others are handed over', async () => {
  await withRecordsCase({}, async (host) => {
    prepare(host)
    const step = await host.run('disable', {
      account,
      settings: { TransferRecords: ['Nonsense__c', 'Profile', 'Case'] },
    })
    expect([step.code, owned(host, account), host.row(account).IsActive]).toEqual([1, [1, 1, 2, 1, 0], false])
    expect(step.said).toContain(
      `Could not hand over the Nonsense__c records of account [${account}]. Error: sObject type`,
    )
    expect(step.said).toContain(`Could not hand over the Profile records of account [${account}]. Error: `)
    expect(step.said).toContain(`Handed over 2 Case records ${to}`)
  })
})

test('records that are refused are told with the reasons, the others go, and queues keep theirs', async () => {
  await withRecordsCase({}, async (host) => {
    prepare(host)
    const [first = '', second = ''] = addCases(host, 2)
    const refuse = (id: string, message: string): object => ({
      id,
      success: false,
      errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields: [] }],
    })
    host.org.fault({
      when: { method: 'PATCH', body: /"Case"/ },
      effect: {
        kind: 'answer',
        status: 200,
        body: [
          refuse(cases.open, 'Close it first'),
          refuse(cases.closed, 'Close it first'),
          { id: first, success: true, errors: [] },
          { id: second, success: true, errors: [] },
        ],
      },
    })
    const step = await host.run('disable', on)
    expect([step.code, host.row(account).IsActive, owned(host, account).slice(0, 4)]).toEqual([
      1,
      false,
      [0, 0, 0, 0],
    ])
    expect(step.said).toContain(`Could not hand over 2 of 4 Case records ${to}. Error: 2 × Close it first`)
    expect(step.said).toMatch(/, such as \[500/)
    const again = await host.run('disable', on)
    expect([again.code, owned(host, account), owned(host, groups.supportQueue).at(-1)]).toEqual([0, none, 1])
  })
})

test('more records than one page of a query are handed over in requests of 200', async () => {
  await withRecordsCase({}, async (host) => {
    prepare(host)
    addCases(host, 2099)
    const step = await host.run('disable', { account, settings: { TransferRecords: 'Case' } })
    expect([step.code, owned(host, account).at(-1)]).toEqual([0, 0])
    expect(step.said).toContain(`Handed over 2101 Case records ${to}`)
    const sizes = step.writes
      .filter(({ path }) => path.endsWith('/composite/sobjects'))
      .map(({ json }) => (json as { records: unknown[] }).records.length)
    expect(sizes).toEqual([...Array.from({ length: 10 }, () => 200), 101])
  })
})

test('when time runs out, the rest is told and left for the next run', async () => {
  await withRecordsCase({}, async (host) => {
    prepare(host)
    addCases(host, 598)
    const times = [1, 1, 0.31, 0.29]
    const lines = await handOverIn(host, () => times.shift() ?? 0)
    expect(owned(host, account).at(-1)).toBe(200)
    expect(lines).toEqual([
      {
        Message: `Could not hand over 200 Case records ${to}, after 400 that were. Error: the time of Configuration.ActionTimeoutSeconds was used up; run this again`,
        IsError: true,
      },
    ])
    const requests = host.org.requests.length
    expect(await handOverIn(host, () => 0.29)).toEqual([
      {
        Message: `Could not hand over the Case records of account [${account}]. Error: the time of Configuration.ActionTimeoutSeconds was used up; run this again`,
        IsError: true,
      },
    ])
    expect(host.org.requests.length).toBe(requests)
    expect(await handOverIn(host, () => 1)).toEqual([
      { Message: `Handed over 200 Case records ${to}`, IsError: false },
    ])
  })
})

test('a connection that breaks on the way tells what was handed over before', async () => {
  await withRecordsCase({}, async (host) => {
    prepare(host)
    addCases(host, 398)
    const effect = {
      kind: 'answer',
      status: 400,
      body: [{ errorCode: 'MALFORMED_ID', message: 'bad' }],
    } as const
    host.org.fault({ when: { method: 'PATCH', body: /"Case"/, occurrence: 2 }, effect })
    const step = await host.run('disable', { account, settings: { TransferRecords: 'Case' } })
    expect([step.code, host.row(account).IsActive]).toEqual([1, false])
    expect(step.said).toContain(`Could not hand over 200 Case records ${to}, after 200 that were. Error: bad`)
  })
})

test('a field of the mapping that the org does not have takes nothing from the hand-over', async () => {
  await withRecordsCase({}, async (host) => {
    prepare(host)
    const step = await host.run('disable', { ...on, Data: { Titel: 'x' } })
    expect([step.code, owned(host, account)]).toEqual([0, none])
    expect(step.stderr).toMatch(/is Title meant.* It is left out/)
  })
})

/** More cases of the leaver; their ids. */
function addCases({ org: { org } }: Host, count: number): string[] {
  const one = org.cases.get(cases.open)
  if (one === undefined) throw new Error('the seed has that case')
  const ids = Array.from({ length: count }, (_, n) => makeId('500', 2000 + n))
  for (const Id of ids) org.cases.insert({ ...one, Id })
  return ids
}

/** Hands cases over with so much time left at each request. */
async function handOverIn({ org, row }: Host, timeLeft: Org['timeLeft']): Promise<readonly AuditLog[]> {
  const { clientId, clientSecret } = seedCredentials
  const Configuration = {
    BaseUrl: org.url,
    ClientID: clientId,
    ClientSecret: clientSecret,
    TransferRecords: 'Case',
  }
  const closers: (() => void)[] = []
  const opened = openForActive({
    name: 'disable',
    input: parseInput(JSON.stringify({ DryRun: false, Configuration })),
    startedAt: process.uptime() * 1000,
    onEnd: (close) => closers.push(close),
  })
  try {
    return await transferRecords({ ...opened, timeLeft }, { id: account, row: { ...row(account) } })
  } finally {
    for (const close of closers) close()
  }
}

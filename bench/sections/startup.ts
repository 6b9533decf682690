import { type Bench, type Section, scriptOf } from '../bench.ts'
import { createInput } from '../contexts.ts'
import type { BenchOrg } from '../startOrg.ts'
import { type Case, measure, type Result } from '../rounds.ts'
import { median, ratios } from '../statistics.ts'
import { figure, type Table } from '../table.ts'

/** Milliseconds added to each answer in the last part. */
const distance = 50

/** `create`, as a whole process, beside the least and beside the careless way to write it: plain, TLS, and far away. */
export async function startup(bench: Bench): Promise<Section> {
  const orgs = await Promise.all([
    bench.org(),
    bench.org({ tls: true }),
    bench.org({ tls: true, delay: distance }),
  ])
  const [plain, tls, far] = orgs
  const cases: Case[] = [
    { name: 'node, empty file', launch: () => ({ script: bench.empty }) },
    ...programs(bench, plain, 'HTTP'),
    ...programs(bench, tls, 'TLS'),
    elsewhere(bench, tls),
    ...programs(bench, far, `TLS, ${distance} ms an answer`),
  ]
  try {
    const results = await measure(cases, bench.rounds, bench.preload, (done) => {
      bench.tell(`start-up: round ${done} of ${bench.rounds}`)
    })
    return { tables: [toTable(results)], data: results }
  } finally {
    for (const org of orgs) org.close()
  }
}

function programs(bench: Bench, org: BenchOrg, way: string): Case[] {
  const each = (name: string, script: string): Case => ({
    name: `${name}, ${way}`,
    launch: (n) => ({
      script,
      input: createInput(org.url, n),
      ...(org.url.startsWith('https:') && { env: bench.trust }),
    }),
    org,
  })
  return [
    each('by hand, node:https, no checks', bench.floor),
    each('create', scriptOf(bench, 'create')),
    each('create, naive build', bench.naive),
  ]
}

/** The sign-in at another address than the API, as with login.salesforce.com: a second connection. */
function elsewhere(bench: Bench, org: BenchOrg): Case {
  const AuthenticationUri = org.url.replace('127.0.0.1', 'localhost')
  return {
    name: 'create, TLS, sign-in at another host',
    launch: (n) => ({
      script: scriptOf(bench, 'create'),
      input: createInput(org.url, n, { AuthenticationUri }),
      env: bench.trust,
    }),
    org,
  }
}

function toTable(results: readonly Result[]): Table {
  return {
    title: 'What an action costs: `create`, start of the process to its end',
    columns: ['', 'wall ms', '× node', '(half of the rounds)', 'CPU ms', 'CPU × node', 'MB', 'requests'],
    rows: results.map((result) => [
      result.name,
      figure(result.wall),
      figure(result.wallRatio, 2),
      result.wallSpread.map((ratio) => figure(ratio, 2)).join(' to '),
      figure(result.cpu),
      figure(result.cpuRatio, 2),
      figure(result.memory),
      figure(result.requests),
    ]),
    notes: floorNotes(results),
  }
}

/** How far `create` is above the same requests by hand, over each way. */
function floorNotes(results: readonly Result[]): string[] {
  return results.flatMap((result) => {
    const way = /^create, (?!naive)(?!.*another host)(.*)$/.exec(result.name)?.[1]
    const floor = results.find(({ name }) => name === `by hand, node:https, no checks, ${way ?? ''}`)
    if (way === undefined || floor === undefined) return []
    return [
      `${way}: create takes ${figure(median(ratios(result.walls, floor.walls)), 2)} × the requests by hand.`,
    ]
  })
}

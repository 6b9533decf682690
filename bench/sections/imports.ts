import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench, Section } from '../bench.ts'
import { input, tokenRequest } from '../contexts.ts'
import type { BenchOrg } from '../startOrg.ts'
import { type Launch, take } from '../measureProcess.ts'
import { measure } from '../rounds.ts'
import { median } from '../statistics.ts'
import { figure, type Table } from '../table.ts'

/** Milliseconds added to each answer in the second table. */
const distance = 50

const sizes = [1000, 10_000, 100_000]

const routes = [
  { name: 'REST', settings: { UseRestApi: true } },
  { name: 'SCIM', settings: { UseRestApi: false } },
]

/** `import` beside a bare loop over the same pages, by both routes and in three sizes; and with the org far away. */
export async function imports(bench: Bench): Promise<Section> {
  const script = bench.script('import')
  if (script === undefined) {
    bench.tell('imports: skipped, because the connector has no import')
    return { tables: [], data: undefined }
  }
  const near = []
  for (const users of sizes.filter((size) => size <= bench.maxUsers)) {
    const org = await bench.org({ users, keepPaths: true })
    try {
      for (const route of routes) near.push(await beside(bench, script, org, users, route))
    } finally {
      org.close()
    }
  }
  const far = []
  const users = Math.min(bench.maxUsers, Math.max(...sizes))
  const org = await bench.org({ users, keepPaths: true, delay: distance })
  try {
    for (const route of routes) far.push(...(await ahead(bench, script, org, route)))
  } finally {
    org.close()
  }
  return { tables: [nearTable(near), farTable(far, users)], data: { near, far } }
}

interface Route {
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
}

const importInput = (org: BenchOrg, route: Route, more: Readonly<Record<string, unknown>> = {}): string =>
  input('import', org.url, { ImportFields: ['externalId', 'userName'] }, { ...route.settings, ...more })

/** Runs the import once, and gives a launch of the loop over the pages that it fetched, and the number of its lines. */
async function loopOver(
  bench: Bench,
  org: BenchOrg,
  launch: Launch & { stdoutFile: string },
): Promise<{ loop: Launch; accounts: number; pages: number }> {
  await org.paths()
  take(launch)
  const accounts = countLines(launch.stdoutFile)
  const paths = (await org.paths()).filter((path) => /\/Users\?|\/query/.test(path))
  const loop = {
    script: bench.loop,
    input: JSON.stringify({ url: org.url, token: tokenRequest, paths }),
    stdoutFile: launch.stdoutFile,
  }
  return { loop, accounts, pages: paths.length }
}

async function beside(bench: Bench, script: string, org: BenchOrg, users: number, route: Route) {
  const launch = { script, input: importInput(org, route), stdoutFile: outputOf(bench) }
  const { loop, accounts, pages } = await loopOver(bench, org, launch)
  const rounds = Math.max(3, Math.round(bench.rounds / 3))
  const results = await measure(
    [
      { name: 'loop', launch: () => loop },
      { name: 'import', launch: () => launch },
    ],
    rounds,
    bench.preload,
    (done) => {
      bench.tell(`imports: ${users} users by ${route.name}, round ${done} of ${rounds}`)
    },
  )
  return { users, route: route.name, accounts, pages, results }
}

type Near = Awaited<ReturnType<typeof beside>>

/** One page at a time beside the pages read ahead; once or twice, because it is minutes of waiting. */
async function ahead(bench: Bench, script: string, org: BenchOrg, route: Route) {
  const stdoutFile = outputOf(bench)
  const launchOf = (ImportConcurrency: number) => ({
    script,
    input: importInput(org, route, { ImportConcurrency }),
    stdoutFile,
  })
  const { loop, pages } = await loopOver(bench, org, launchOf(8))
  const ways = [
    { name: 'bare loop, one page at a time', launch: loop },
    ...[1, 4, 8, 16].map((n) => ({ name: `import, ImportConcurrency ${n}`, launch: launchOf(n) })),
  ]
  const walls = ways.map(({ launch }) => {
    bench.tell(`imports: ${distance} ms an answer, by ${route.name}`)
    return median([take(launch).wall, take(launch).wall])
  })
  return ways.map(({ name }, at) => ({
    route: route.name,
    name,
    pages,
    wall: walls[at] ?? Number.NaN,
    share: (walls[at] ?? Number.NaN) / (walls[0] ?? Number.NaN),
  }))
}

type Far = Awaited<ReturnType<typeof ahead>>[number]

function nearTable(near: readonly Near[]): Table {
  return {
    title: 'Imports, beside a bare loop that fetches, parses and writes the same pages',
    columns: [
      'users, route',
      'requests',
      'import ms',
      'loop ms',
      '× loop',
      'CPU × loop',
      'accounts/s',
      'CPU µs an account',
      'MB',
      'loop MB',
    ],
    rows: near.map(({ users, route, accounts, pages, results: [loop, own] }) => [
      `${users}, ${route}`,
      figure(pages),
      figure(own?.wall),
      figure(loop?.wall),
      figure(own?.wallRatio, 2),
      figure(own?.cpuRatio, 2),
      figure(accounts / ((own?.wall ?? Number.NaN) / 1000)),
      figure(((own?.cpu ?? Number.NaN) * 1000) / accounts, 1),
      figure(own?.memory),
      figure(loop?.memory),
    ]),
    notes: ['Times and memory are of whole processes, their start included.'],
  }
}

function farTable(far: readonly Far[], users: number): Table {
  return {
    title: `Imports of ${users} users with ${distance} ms added to each answer`,
    columns: ['', 'pages', 'seconds', 'of one page at a time'],
    rows: far.map(({ route, name, pages, wall, share }) => [
      `${route}: ${name}`,
      figure(pages),
      figure(wall / 1000, 1),
      figure(share, 2),
    ]),
    notes: [],
  }
}

const outputOf = (bench: Bench): string => join(bench.folder, 'import.ndjson')

function countLines(file: string): number {
  const bytes = readFileSync(file)
  let lines = 0
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++
  return lines
}

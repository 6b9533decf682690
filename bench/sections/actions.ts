import type { Bench, Section } from '../bench.ts'
import { actionCases, createInput, input, toRest } from '../contexts.ts'
import { type Case, measure } from '../rounds.ts'
import type { Launch } from '../measureProcess.ts'
import { figure } from '../table.ts'

/** Every action as a whole process, plain HTTP. */
export async function actions(bench: Bench): Promise<Section> {
  const org = await bench.org()
  const launchOf = (action: string, text: string): Launch => ({
    script: bench.script(action) ?? '',
    input: text,
  })
  const cases: Case[] = [
    { name: 'node, empty file', launch: () => ({ script: bench.empty }) },
    { name: 'create', launch: (n) => launchOf('create', createInput(org.url, n)), org },
  ]
  const rest = (action: string, text: string): Launch => launchOf(`rest/${action}`, toRest(text))
  cases.push({
    name: 'REST connector: create',
    launch: (n) => rest('create', createInput(org.url, n)),
    org,
  })
  for (const { name, action, members, before } of actionCases) {
    if (bench.script(action) === undefined) continue
    if (action === 'update') {
      cases.push({
        name: `REST connector: ${name}`,
        launch: (n) => rest(action, input(action, org.url, members(n))),
        org,
      })
    }
    cases.push({
      name,
      launch: (n) => launchOf(action, input(action, org.url, members(n))),
      ...(before !== undefined && {
        before: () => launchOf(before.action, input(before.action, org.url, before.members)),
      }),
      org,
    })
  }
  try {
    const results = await measure(cases, bench.rounds, bench.preload, (done) => {
      bench.tell(`actions: round ${done} of ${bench.rounds}`)
    })
    const table = {
      title: 'Each action, plain HTTP',
      columns: ['', 'wall ms', '× node', 'CPU ms', 'CPU × node', 'MB', 'requests'],
      rows: results.map((result) => [
        result.name,
        figure(result.wall),
        figure(result.wallRatio, 2),
        figure(result.cpu),
        figure(result.cpuRatio, 2),
        figure(result.memory),
        figure(result.requests),
      ]),
      notes: [],
    }
    return { tables: [table], data: results }
  } finally {
    org.close()
  }
}

import { type Bench, type Section, scriptOf } from '../bench.ts'
import { createInput } from '../contexts.ts'
import type { BenchOrg } from '../startOrg.ts'
import { take } from '../measureProcess.ts'
import { median, ratios, shuffled } from '../statistics.ts'
import { figure } from '../table.ts'
import { openWorker } from '../worker.ts'

/** Milliseconds added to each answer. */
const distances = [0, 50]
/** Actions at a time. */
const concurrencies = [1, 4, 16]

/** Actions of one measurement: enough for some seconds. */
const actionsOf = (distance: number, concurrency: number): number =>
  distance === 0 ? 400 + 25 * concurrency : 40 * concurrency

/** `create` by a worker, beside one process for each. */
export async function worker(bench: Bench): Promise<Section> {
  const script = bench.script('worker')
  if (script === undefined) {
    bench.tell('worker: skipped, because the connector has no worker')
    return { tables: [], data: undefined }
  }
  const results = []
  for (const distance of distances) {
    const org = await bench.org({ delay: distance })
    try {
      results.push(...(await throughputs(bench, script, org, distance)))
    } finally {
      org.close()
    }
  }
  const table = {
    title: 'Many actions: `create` by a worker, beside one process for each',
    columns: ['', 'actions/s', '× one process each', 'of what the waits allow', 'requests an action', 'MB'],
    rows: results.map(({ name, rate, ratio, limit, requests, memory }) => [
      name,
      figure(rate),
      figure(ratio, 1),
      limit === undefined ? '–' : `${figure((rate / limit) * 100)} %`,
      figure(requests, 2),
      figure(memory),
    ]),
    notes: ['The worker is warm and signed in; processes run one after the other.'],
  }
  return { tables: [table], data: results }
}

async function throughputs(bench: Bench, script: string, org: BenchOrg, distance: number) {
  let n = 0
  const next = (): string => createInput(org.url, ++n)
  const way = distance === 0 ? 'org next door' : `${distance} ms an answer`
  const workers = concurrencies.map((concurrency) => openWorker(script, concurrency, bench.preload))
  const rates = workers.map((): number[] => [])
  const requests = workers.map((): number[] => [])
  const single: number[] = []
  for (const each of workers) await each.run('create', Array.from({ length: 100 }, next))

  const rounds = Math.max(3, Math.round(bench.rounds / 3))
  for (let round = 0; round < rounds; round++) {
    bench.tell(`worker: ${way}, round ${round + 1} of ${rounds}`)
    const starts = Array.from(
      { length: 5 },
      () => take({ script: scriptOf(bench, 'create'), input: next() }).wall,
    )
    single.push(1000 / median(starts))
    for (const at of shuffled([...workers.keys()])) {
      const count = actionsOf(distance, concurrencies[at] ?? 1)
      const inputs = Array.from({ length: count }, next)
      await org.requests()
      const milliseconds = (await workers[at]?.run('create', inputs)) ?? Number.NaN
      rates[at]?.push((count * 1000) / milliseconds)
      requests[at]?.push((await org.requests()) / count)
    }
  }
  const memories = await Promise.all(workers.map((each) => each.close()))
  return [
    { name: `one process each, ${way}`, rate: median(single), ratio: 1, ...noLimit },
    ...concurrencies.map((concurrency, at) => {
      const perAction = median(requests[at] ?? [])
      return {
        name: `worker, ${concurrency} at a time, ${way}`,
        rate: median(rates[at] ?? []),
        ratio: median(ratios(rates[at] ?? [], single)),
        limit: distance === 0 ? undefined : (concurrency * 1000) / (distance * perAction),
        requests: perAction,
        memory: memories[at],
      }
    }),
  ]
}

const noLimit = { limit: undefined, requests: undefined, memory: undefined }

import { join } from 'node:path'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import type { Finding } from './hostile.ts'
import { inPool } from '../pool.ts'
import { runAction } from '../scriptProcess.ts'
import { startProxy } from '../proxy.ts'
import type { Connector } from '../scenarios/scenario.ts'

/** Characters that made a pattern begin again and again. */
const units = [
  '<',
  '<a ',
  'eyJ-',
  '&',
  '&lt;',
  '"detail":"',
  ' ',
  '\\',
  '%',
  ';',
  'AAAAAA:',
  'first error: ABCDEF, ',
  "'",
]

/** Kilobytes that are compared, and how many times as much the larger may cost. */
const [small, large] = [64, 256]
const mostTimes = 5

/** Milliseconds of processor time that nobody can tell from none: a process varies by as much. */
const noise = 100

/** Where a text stands: in an error of the org, or in what the host sends. */
const places: Readonly<Record<string, (text: string, unit: string) => { error?: string; members?: object }>> =
  {
    'error bodies': (text) => ({ error: text }),
    'error messages': (text) => ({
      error: JSON.stringify([{ errorCode: 'UNKNOWN_EXCEPTION', message: text }]),
    }),
    'SCIM details': (text) => ({ error: JSON.stringify({ schemas: [], detail: text, status: 400 }) }),
    'names in Data': (text, unit) => ({ members: { Data: names(text, unit) } }),
    settings: (text, unit) => ({ members: { Configuration: names(text, unit) } }),
    'values in Data': (text) => ({ members: { Data: { title: text, Title: text } } }),
  }

function names(text: string, unit: string): object {
  return Object.fromEntries(
    Array.from({ length: text.length / 8 }, (_, at) => [`${unit.slice(0, 2)}${at}`, 'x']),
  )
}

/** The processor time of 256 kB of hostile text, as a multiple of that of 64 kB, whatever the text and wherever it stands. */
export async function textCosts(folder: string, connector: Connector, atOnce: number): Promise<Finding> {
  const none = await cost(folder, connector, {})
  const cases = Object.entries(places).flatMap(([place, fill]) =>
    units.map((unit) => ({ place, fill, unit })),
  )
  const measured = await inPool(cases, Math.min(atOnce, 2), async ({ place, fill, unit }) => {
    const of = async (size: number): Promise<number> => {
      const length = size * 1024
      const text = unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
      return Math.max(noise, (await cost(folder, connector, fill(text, unit))) - none)
    }
    const [less, more] = [await of(small), await of(large)]
    return { place, unit, ratio: more / less, milliseconds: more }
  })
  const worst = Object.keys(places).map((place) => {
    const ratios = measured.filter((one) => one.place === place).map(({ ratio }) => ratio)
    return `${place} ${Math.max(...ratios).toFixed(1)}`
  })
  return {
    figure: `processor time of ${large} kB as a multiple of that of ${small} kB: ${worst.join(', ')} (at most ${mostTimes})`,
    flaws: measured
      .filter(({ ratio }) => ratio > mostTimes)
      .map(
        ({ place, unit, ratio, milliseconds }) =>
          `${connector} ${place} of ${JSON.stringify(unit)}: ${ratio.toFixed(1)}, ${Math.round(milliseconds)} ms`,
      ),
  }
}

/** Milliseconds of processor time of an update, the start of the process included. */
async function cost(
  folder: string,
  connector: Connector,
  { error, members = {} }: { error?: string; members?: object },
): Promise<number> {
  const org = await startSimulator()
  const proxy = await startProxy(org.url, (path) =>
    error === undefined || path.includes('/oauth2/') ? undefined : { status: 400, body: error },
  )
  try {
    const { Configuration, ...rest } = members as { Configuration?: object }
    const actionContext = {
      DryRun: true,
      References: { Account: seedIds.users.annBoss },
      ...rest,
      Configuration: {
        BaseUrl: proxy.url,
        ClientID: seedCredentials.clientId,
        ClientSecret: seedCredentials.clientSecret,
        ...Configuration,
      },
    }
    const preload = `import { writeSync } from 'node:fs'
process.on('exit', () => { const { user, system } = process.cpuUsage(); writeSync(2, 'processor ' + (user + system) / 1000 + '\\n') })`
    const { stderr } = await runAction(join(folder, connector), 'update', { actionContext }, false, preload)
    return Number(/^processor ([\d.]+)$/m.exec(stderr)?.[1] ?? Number.POSITIVE_INFINITY)
  } finally {
    await proxy.close()
    await org.close()
  }
}

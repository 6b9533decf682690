import { join } from 'node:path'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import type { Finding } from './hostile.ts'
import { inPool } from '../pool.ts'
import { runAction } from '../scriptProcess.ts'
import { startProxy } from '../proxy.ts'
import type { Connector } from '../scenarios/scenario.ts'

type Rows = readonly unknown[]

interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly answers: number
  /** The path of the request whose answer lost rows. */
  readonly lost: string
}

/** What happens to the rows of an answer on its way: those that are left tell less than there is. */
const losses: readonly (readonly [string, (rows: Rows) => Rows])[] = [
  ['the first row is missing', (rows) => rows.slice(1)],
  ['the last row is missing', (rows) => rows.slice(0, -1)],
  ['every row is missing', () => []],
  ['a row is null', (rows) => [null, ...rows.slice(1)]],
  ['a row is a text', (rows) => [...rows.slice(0, -1), 'x']],
  ['a row is a number', (rows) => [0, ...rows.slice(1)]],
  ['a row is a list', (rows) => [[], ...rows.slice(1)]],
  ['a row is empty', (rows) => [{}, ...rows.slice(1)]],
]

const imports = [
  ['import', {}],
  ['importPermissions', {}],
  ['import', { UseRestApi: false }],
] as const

/** Every import, each answer with rows once without some of them: exit 0 would say that they do not exist. */
export async function incompleteImports(
  folder: string,
  connector: Connector,
  atOnce: number,
): Promise<Finding> {
  const chosen = imports.filter(
    ([, settings]) => connector === 'salesforce-scim' || !('UseRestApi' in settings),
  )
  const flaws: string[] = []
  let tried = 0
  for (const [action, settings] of chosen) {
    const run = (at: number, lose: (rows: Rows) => Rows): Promise<Ran> =>
      runWith(folder, connector, action, settings, at, lose)
    const { code, stdout, answers } = await run(-1, (rows) => rows)
    if (code !== 0) flaws.push(`${connector} ${action} fails undisturbed: exit ${code}`)
    const cases = Array.from({ length: Math.min(answers, 12) }, (_, at) => at).flatMap((at) =>
      losses.map(([name, lose]) => ({ at, name, lose })),
    )
    const found = await inPool(cases, atOnce, async ({ at, name, lose }) => {
      const ended = await run(at, lose)
      return ended.code === 0 && ended.stdout !== stdout
        ? [
            `${connector} ${action} ${JSON.stringify(settings)}: ${name}, in answer ${at + 1} (${ended.lost.slice(0, 160)})`,
          ]
        : []
    })
    tried += cases.length
    flaws.push(...found.flat())
  }
  return { figure: `${tried} incomplete imports, ${flaws.length} with exit 0`, flaws }
}

async function runWith(
  folder: string,
  connector: Connector,
  action: string,
  settings: object,
  at: number,
  lose: (rows: Rows) => Rows,
): Promise<Ran> {
  const org = await startSimulator()
  let answers = 0
  let lost = ''
  const proxy = await startProxy(org.url, (path, answer) => {
    const json = parse(answer.body)
    const member = ['records', 'Resources'].find((name) => Array.isArray(json?.[name]))
    if (json === undefined || member === undefined || answer.status !== 200) return undefined
    const rows = json[member] as Rows
    if (rows.length === 0) return undefined
    const isTheOne = answers++ === at
    if (isTheOne) lost = path
    return isTheOne ? { ...answer, body: JSON.stringify({ ...json, [member]: lose(rows) }) } : undefined
  })
  try {
    const Configuration = {
      BaseUrl: proxy.url,
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
      ...settings,
    }
    const context = { actionContext: { DryRun: false, Configuration } }
    const { exitCode, stdout } = await runAction(join(folder, connector), action, context)
    return { code: exitCode, stdout, answers, lost }
  } finally {
    await proxy.close()
    await org.close()
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeId } from '../simulator/ids.ts'
import { seedCredentials, seedIds } from '../simulator/seedIds.ts'
import { startSimulator } from '../simulator/server.ts'
import { parseFieldMapping, type Person } from './mapping.ts'
import { runScript } from './script.ts'
import { type Cast, disagreements, story } from './story.ts'
import { showAccount, showStep } from './storyPage.ts'
import { paint, terminalOn, wrap } from './terminal.ts'

/** `npm start`: the built program is dist/cli/demo.mjs, two folders below the project's own. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const connector = 'salesforce-scim'

const terminal = terminalOn(process.stdout)
const begun = performance.now()
const simulator = await startSimulator()
try {
  const cast = await gather(simulator.url)
  introduce(cast)
  process.exitCode = (await tell(cast)) ? 0 : 1
} finally {
  await simulator.close()
}

async function gather(url: string): Promise<Cast> {
  return {
    configuration: {
      ...(await formDefaults()),
      BaseUrl: url,
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
    },
    mapping: parseFieldMapping(await readFile(join(root, 'fieldMapping.json'), 'utf8')),
    joiner: await readPerson('joiner'),
    mover: await readPerson('mover'),
    manager: seedIds.users.annBoss,
    stranger: makeId('005', 900_000_000),
  }
}

/** The settings as HelloID's form offers them before anyone fills it in. */
async function formDefaults(): Promise<Record<string, unknown>> {
  const form = JSON.parse(await readFile(join(root, 'configuration.json'), 'utf8')) as {
    key: string
    defaultValue: unknown
  }[]
  return Object.fromEntries(form.map(({ key, defaultValue }) => [key, defaultValue]))
}

async function readPerson(name: string): Promise<Person> {
  return JSON.parse(await readFile(join(root, 'test', 'persons', `${name}.json`), 'utf8')) as Person
}

function introduce(cast: Cast): void {
  const name = String(cast.joiner['DisplayName'])
  terminal.write(
    paint(terminal, 'strong', 'A joiner, mover and leaver in Salesforce, by the scripts of salesforce-scim'),
  )
  terminal.write('')
  const facts = {
    Org: `simulated, at ${simulator.url}: no Salesforce tenant is needed`,
    Person: `${name}, from test/persons/joiner.json and mover.json`,
    Data: 'by fieldMapping.json; settings as configuration.json offers them',
    Steps: `each is a process of its own: node dist/${connector}/<action>.mjs < context`,
  }
  for (const [label, fact] of Object.entries(facts)) {
    const lines = wrap(fact, terminal.width - 8)
    for (const [index, line] of lines.entries()) terminal.write((index === 0 ? label : '').padEnd(8) + line)
  }
}

/** Runs the story; true when every step ended as it should. */
async function tell(cast: Cast): Promise<boolean> {
  let account = ''
  let wrong = 0
  let requests = 0
  for (const [index, step] of story.entries()) {
    simulator.clearRequests()
    const run = await runScript(root, connector, step.action, step.input(cast, account))
    const problems = disagreements(step, run, simulator.writes().length)
    showStep(terminal, { number: index + 1, step, run, requests: simulator.requests, problems })
    if (step.action === 'create' && !step.isDryRun) account = run.output.AccountReference ?? account
    wrong += problems.length > 0 ? 1 : 0
    requests += simulator.requests.length
  }
  showAccount(terminal, simulator, account)
  terminal.write('')
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const verdict =
    wrong === 0
      ? `All ${story.length} steps ended as they should`
      : `${wrong} of ${story.length} steps did not end as they should`
  terminal.write(
    `${paint(terminal, wrong === 0 ? 'good' : 'bad', verdict)}: ${requests} requests, ${seconds} s.`,
  )
  return wrong === 0
}

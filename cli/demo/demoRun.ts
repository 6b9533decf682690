import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fault } from '../../simulator/faults/faults.ts'
import { makeId } from '../../simulator/org/ids.ts'
import { seedCredentials, seedIds } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, type SimulatorOptions, startSimulator } from '../../simulator/server.ts'
import { type Connector, flagship, formDefaults, readConnector, readFieldRules } from '../lib/connector.ts'
import { parseFieldMapping, stages } from '../../mapping/fieldMapping.ts'
import { type Data, nestFields, type Person } from '../../mapping/mapFields.ts'
import { openMapper } from '../map/mapper.ts'
import { runScript } from '../script/script.ts'
import { disagreements, scenario } from './scenario.ts'
import type { Access, ScenarioContext } from './step.ts'
import { showAccount, showStep } from './scenarioView.ts'
import { countWrites, toTold } from './scenarioRequests.ts'
import { paint, type Terminal, wrap } from '../lib/terminal.ts'
import { nameFor, takesApiNames } from '../lib/userFields.ts'

/** Where the story is told: `root` is the project's folder. */
interface Stage {
  readonly root: string
  readonly terminal: Terminal
  readonly simulator: SimulatedOrg
}

/** A fault that requests of the story meet, by its name on the command line. */
interface ScriptedFault {
  readonly spec: string
  readonly fault: Fault
}

/** The connector that plays, and the org that it plays in. */
export interface DemoOptions extends Pick<SimulatorOptions, 'dialect' | 'seed' | 'delay'> {
  /** The flagship where none is named. */
  readonly connector?: string
}

/**
 * Tells the life of an account on a simulated org of its own; true when every step ended as it should. Throws `UsageError`
 * for a connector that is none.
 */
export async function runDemo(
  root: string,
  terminal: Terminal,
  { connector: name = flagship, ...org }: DemoOptions = {},
  faults: readonly ScriptedFault[] = [],
): Promise<boolean> {
  const begun = performance.now()
  const connector = await readConnector(root, name)
  const simulator = await startSimulator(org)
  try {
    const stage = { root, terminal, simulator }
    const cast = await gather(stage, connector)
    introduce(stage, cast)
    const scripted = faults.map(({ spec, fault }) => ({ spec, handle: simulator.fault(fault) }))
    const isGood = await tell(stage, cast, begun)
    for (const { spec, handle } of scripted) {
      const how =
        handle.fired === 0
          ? 'was met by no request'
          : `was met ${handle.fired === 1 ? 'once' : `${handle.fired} times`}`
      terminal.write(`Fault ${spec} ${how}.`)
    }
    return isGood
  } finally {
    await simulator.close()
  }
}

async function gather({ root, simulator: { url } }: Stage, connector: Connector): Promise<ScenarioContext> {
  const rules = await readFieldRules(root, connector.name)
  const [joiner, mover] = await Promise.all([readPerson(root, 'joiner'), readPerson(root, 'mover')])
  return {
    connector: connector.name,
    federationId: nameFor(rules, 'FederationIdentifier'),
    isRestAlone: takesApiNames(rules),
    configuration: {
      ...formDefaults(connector),
      BaseUrl: url,
      ClientID: seedCredentials.clientId,
      ClientSecret: seedCredentials.clientSecret,
    },
    dataOf: await mapAll(root, connector, [joiner, mover]),
    joiner,
    mover,
    access: accessIn(seedIds),
    manager: seedIds.users.annBoss,
    stranger: makeId('005', 900_000_000),
  }
}

/** What the seeded org has to grant, under the names that listPermissions gives it. */
function accessIn({
  profiles,
  roles,
  permissionSets,
  permissionSetGroups,
  permissionSetLicenses,
  groups,
}: typeof seedIds): ScenarioContext['access'] {
  const one = (DisplayName: string, Type: string, Reference: string): Access => ({
    DisplayName,
    Identification: { Reference, Type },
  })
  return {
    profile: one('Profile: Standard User', 'Profile', profiles.standardUser),
    role: one('Role: EMEA Sales', 'Role', roles.emeaSales),
    permissionSet: one('Permission set: Report Builder', 'PermissionSet', permissionSets.reportBuilder),
    otherPermissionSet: one(
      'Permission set: Contract Editor',
      'PermissionSet',
      permissionSets.contractEditor,
    ),
    permissionSetGroup: one(
      'Permission set group: Service Starter',
      'PermissionSetGroup',
      permissionSetGroups.serviceStarter,
    ),
    permissionSetLicense: one(
      'Permission set licence: Service Console User',
      'PermissionSetLicense',
      permissionSetLicenses.serviceConsole,
    ),
    featureLicense: one('Feature licence: Marketing User', 'FeatureLicense', 'UserPermissionsMarketingUser'),
    publicGroup: one('Public group: EMEA Sales Team', 'PublicGroup', groups.emeaSalesTeam),
    queue: one('Queue: Support Queue', 'Queue', groups.supportQueue),
  }
}

/** Maps persons for every stage. Throws where a field fails. */
async function mapAll(
  root: string,
  connector: Connector,
  persons: readonly Person[],
): Promise<ScenarioContext['dataOf']> {
  const mapper = openMapper(root, parseFieldMapping(await readFile(connector.fieldMapping, 'utf8')))
  try {
    const tasks = persons.flatMap((person) => stages.map((stage) => ({ person, stage })))
    const mapped = await mapper.map(tasks)
    for (const { name, fault } of mapped.flat())
      if (fault !== undefined) throw new Error(`The field ${name} cannot be mapped: ${fault}`)
    const data = mapped.map(nestFields)
    return (person, stage): Data =>
      data[tasks.findIndex((task) => task.person === person && task.stage === stage)] ?? {}
  } finally {
    mapper.close()
  }
}

async function readPerson(root: string, name: string): Promise<Person> {
  return JSON.parse(await readFile(join(root, 'samples', 'persons', `${name}.json`), 'utf8')) as Person
}

function introduce({ terminal, simulator }: Stage, cast: ScenarioContext): void {
  const name = String(cast.joiner['DisplayName'])
  terminal.write(
    paint(
      terminal,
      'strong',
      `A joiner, mover and leaver in Salesforce, by the scripts of ${cast.connector}`,
    ),
  )
  terminal.write('')
  const facts = {
    Org: `simulated, at ${simulator.url}: no Salesforce tenant is needed`,
    Person: `${name}, from samples/persons/joiner.json and mover.json`,
    Data: 'by fieldMapping.json; settings as configuration.json offers them',
    Steps: `each is a process of its own: node dist/${cast.connector}/<action>.mjs < context`,
  }
  for (const [label, fact] of Object.entries(facts)) {
    const lines = wrap(fact, terminal.width - 8)
    for (const [index, line] of lines.entries()) terminal.write((index === 0 ? label : '').padEnd(8) + line)
  }
}

/** Runs the story; true when every step ended as it should. */
async function tell(
  { root, terminal, simulator }: Stage,
  cast: ScenarioContext,
  begun: number,
): Promise<boolean> {
  let account = ''
  let wrong = 0
  let requests = 0
  for (const [index, step] of scenario.entries()) {
    simulator.clearRequests()
    const run = await runScript(root, cast.connector, step.action, step.input(cast, account))
    const told = simulator.requests.map(toTold)
    const problems = disagreements(step, run, countWrites(told))
    const says = (cast.isRestAlone ? step.saysOverRest : undefined) ?? step.says
    showStep(terminal, { number: index + 1, step, says, run, requests: told, problems })
    if (step.action === 'create' && !step.isDryRun) account = run.output.AccountReference ?? account
    wrong += problems.length > 0 ? 1 : 0
    requests += simulator.requests.length
  }
  showAccount(terminal, simulator, account)
  terminal.write('')
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  const verdict =
    wrong === 0
      ? `All ${scenario.length} steps ended as they should`
      : `${wrong} of ${scenario.length} steps did not end as they should`
  terminal.write(
    `${paint(terminal, wrong === 0 ? 'good' : 'bad', verdict)}: ${requests} requests, ${seconds} s.`,
  )
  return wrong === 0
}

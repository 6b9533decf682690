import { parseArgs } from 'node:util'
import { dialects } from './dialect/dialect.ts'
import { dialectHelp, parseDialect } from './dialect/dialectChoices.ts'
import type { Fault } from './faults/faults.ts'
import { faultForm, faultHelp, parseFault } from './faults/faultSpec.ts'
import type { Seed } from './seed/seed.ts'
import { seedCredentials, seedIds } from './seed/seedIds.ts'
import { startSimulator } from './server.ts'
import type { SimulatedOrg, SimulatorOptions } from './server.ts'

/** What an org begins with, by name. */
export const seeds = ['acme', 'empty'] as const

const usage = `Usage: simulate [--port 8400] [--dialect ${Object.keys(dialects).join('|')}|<switch>=<value>]... [--seed ${seeds.join('|')}]
  [--users <number>] [--delay <milliseconds>] [--fault <kind>:<method> <path>:<how often>]...`

const help = `${usage}

Switches of --dialect, with what is documented first. --dialect passwordFlow=allowed lets users sign in with a password.
${dialectHelp()}

Faults: ${faultForm}
${faultHelp()}`

function wholeNumber(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new Error(`--${name} takes a whole number, not "${text}"`)
}

/** The org to begin with; generated users come on top of the sample company. Throws an `Error` with one sentence. */
export function readSeed(name: string, users: number): Seed {
  const seed = seeds.find((each) => each === name)
  if (seed === undefined) throw new Error(`--seed takes ${seeds.join(' or ')}, not "${name}"`)
  if (users === 0) return seed
  if (seed === 'empty')
    throw new Error('--users goes with --seed acme: an empty org has nobody to add them to')
  return { users }
}

function readOptions(args: string[]): { options: SimulatorOptions; faults: readonly Fault[] } {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      dialect: { type: 'string', multiple: true },
      users: { type: 'string' },
      delay: { type: 'string' },
      seed: { type: 'string' },
      fault: { type: 'string', multiple: true },
    },
  })
  const dialect = parseDialect(values.dialect ?? [])
  const users = wholeNumber('users', values.users ?? '0')
  const options: SimulatorOptions = {
    port: wholeNumber('port', values.port ?? '8400'),
    dialect,
    seed: readSeed(values.seed ?? 'acme', users),
    delay: wholeNumber('delay', values.delay ?? '0'),
    keepRequests: 100,
    onRequest: (request, milliseconds) => {
      console.log(
        `${request.method} ${printable(request.path)}${readable(request.search)} ${request.status} ${milliseconds.toFixed(1)} ms`,
      )
    },
  }
  return { options, faults: (values.fault ?? []).map(parseFault) }
}

/** Without what a terminal obeys, or shows in another order: control characters and marks of direction by their codes. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** A query as somebody wrote it; as it came where it is no text. Controls stay as they came: a terminal obeys them. */
function readable(search: string): string {
  return search.replace(/(%[0-9a-f]{2})+/gi, (codes) => {
    try {
      const text = decodeURIComponent(codes)
      return /\p{C}/u.test(text) ? codes : text
    } catch {
      return codes
    }
  })
}

/** Why it did not start: that the port is taken, as by an org that is forgotten in another terminal, in words. */
function reasonOf(error: unknown, port: number | undefined): string {
  const isTaken =
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE'
  if (isTaken) return `port ${port} is taken: end what listens there, or choose another with --port`
  return error instanceof Error ? error.message : String(error)
}

function introduce(simulator: SimulatedOrg, faults: number): void {
  const { url } = simulator
  const { clientId, clientSecret, userName, password, securityToken } = seedCredentials
  const { annBoss, admin } = seedIds.users
  const example = simulator.user(annBoss) === undefined ? admin : annBoss
  const blocked = simulator.dialect.passwordFlow === 'blocked' ? ' (blocked in this dialect)' : ''
  console.log(`A simulated Salesforce org is at ${url}

Sign in at ${url}/services/oauth2/token
  client credentials  client_id ${clientId}  client_secret ${clientSecret}
  JWT bearer          iss ${clientId}  sub ${userName}  key: testPrivateKey in simulator/org/keys.ts
  password${' '.repeat(12)}username ${userName}  password ${password}  security token ${securityToken}${blocked}

Try:
  curl -d "grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}" ${url}/services/oauth2/token
  curl -H "Authorization: Bearer <access_token>" "${url}/services/scim/v2/Users?startIndex=1&count=5"
  curl -H "Authorization: Bearer <access_token>" "${url}/services/scim/v2/Users/${example}"
${faults === 0 ? '' : `\n${faults} ${faults === 1 ? 'fault is' : 'faults are'} scripted.\n`}
Ctrl-C stops it. Requests:`)
}

/**
 * The program behind `npm run simulate`: starts an org, says how to use it and prints a line for each request.
 * Gives back the org; undefined, with an exit code set, where it could not start.
 */
export async function main(args: string[]): Promise<SimulatedOrg | undefined> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help)
    return undefined
  }
  let read: ReturnType<typeof readOptions>
  try {
    read = readOptions(args)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exitCode = 2
    return undefined
  }
  try {
    const simulator = await startSimulator(read.options)
    for (const fault of read.faults) simulator.fault(fault)
    introduce(simulator, read.faults.length)
    process.once('SIGINT', () => void simulator.close())
    process.once('SIGTERM', () => void simulator.close())
    return simulator
  } catch (error) {
    console.error(`The org could not start: ${reasonOf(error, read.options.port)}`)
    process.exitCode = 1
    return undefined
  }
}

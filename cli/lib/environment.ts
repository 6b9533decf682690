import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'dotenv'
import { nearest } from '../../shared/validate.ts'
import { settingNames } from './connector.ts'
import { decode, type CliEnvironment, UsageError } from './cliEnvironment.ts'
import { codeOf } from './atomicFile.ts'

const prefix = 'SALESFORCE_'

/** The variable of a setting: `SALESFORCE_CLIENT_ID` of `ClientID`. */
export function environmentName(setting: string): string {
  return prefix + setting.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()
}

/** The variables that can fill in settings. */
export interface Environment {
  /** Of `.env` and of the environment, which wins. */
  readonly values: Readonly<Record<string, string | undefined>>
  /** The names that `.env` defines. */
  readonly ofFile: ReadonlySet<string>
  /** A sentence for each line of `.env` that is not read as its writer may think. */
  readonly warnings: readonly string[]
}

/** Reads `.env` in the current folder, if there is one. Throws `UsageError` in words. */
export async function readEnvironment({ cwd, env }: CliEnvironment): Promise<Environment> {
  const text = await readFileIfAny(join(cwd, '.env'))
  const file = parse(text)
  return { values: { ...file, ...env }, ofFile: new Set(Object.keys(file)), warnings: cutValues(text, file) }
}

async function readFileIfAny(path: string): Promise<string> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw new UsageError(`.env cannot be read (${String(error)}).`, { cause: error })
  }
  return decode(bytes, '.env')
}

/** `#` begins a comment outside quotes, and secrets have it too: what follows it is lost. */
function cutValues(text: string, values: Readonly<Record<string, string>>): string[] {
  return text.split(/\r\n?|\n/).flatMap((line) => {
    const [, name = '', raw = ''] = /^\s*(?:export\s+)?([\w.-]+)\s*=(.*)$/.exec(line) ?? []
    const at = raw.indexOf('#')
    const read = raw.slice(0, at)
    // A template has a comment behind an empty value.
    if (at < 0 || values[name] !== read.trim() || (read !== '' && read.trim() === '')) return []
    return [`.env: the value of ${name} is read up to the #. Put the value in quotes if the # belongs to it.`]
  })
}

/**
 * A sentence for each variable that looks like a setting and is none, with the nearest that is one. `used` are the variables
 * that placeholders name: those may be called as anybody likes.
 */
export async function unknownVariables(
  { root, env }: CliEnvironment,
  { values, ofFile }: Environment,
  used: readonly string[],
): Promise<string[]> {
  const settings = await settingNames(root)
  const known = settings.map(environmentName)
  return Object.keys(values).flatMap((name) => {
    if (known.includes(name) || used.includes(name)) return []
    const near = nearestVariable(name, known)
    const isOurs = name.toUpperCase().startsWith(prefix)
    if (!isOurs && (near === undefined || !ofFile.has(name))) return []
    const place = env[name] === undefined ? ' in .env' : ''
    return [`${name}${place} is no setting${near === undefined ? '.' : `: is ${near} meant?`}`]
  })
}

/** By what follows the prefix, as all have that; a name without the prefix must be a setting's own in another form. */
function nearestVariable(name: string, known: readonly string[]): string | undefined {
  const upper = name.toUpperCase()
  const plain = (text: string): string => text.toUpperCase().replace(/[^A-Z]/g, '')
  const same = known.find((variable) =>
    [variable, variable.slice(prefix.length)].map(plain).includes(plain(name)),
  )
  if (same !== undefined || upper.startsWith(prefix)) {
    const rests = known.map((variable) => variable.slice(prefix.length))
    const near = nearest(upper.slice(prefix.length), rests)
    return same ?? (near === undefined ? undefined : prefix + near)
  }
  // A slip in the prefix itself.
  return upper.includes('SALES') ? nearest(upper, known) : undefined
}

/** Which variables filled in settings, and where each is from: a line for each place. */
export function originLines({ env }: CliEnvironment, used: readonly string[]): string[] {
  const given = (name: string): boolean => env[name] !== undefined
  const line = (place: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`From ${place}: ${names.join(', ')}`]
  return [
    ...line(
      '.env',
      used.filter((name) => !given(name)),
    ),
    ...line('the environment', used.filter(given)),
  ]
}

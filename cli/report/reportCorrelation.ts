import { isObject, type JsonObject, meant, nearest } from '../../shared/validate.ts'
import type { Person } from '../../mapping/mapFields.ts'
import { UsageError } from '../lib/cliEnvironment.ts'

/** What persons and accounts are correlated by. */
export interface ReportCorrelation {
  /** The account's field. */
  readonly field: string
  /** Where the person has the value: `Person.ExternalId`. */
  readonly path: string
}

/**
 * The correlation to preview: what the command line says (`Person.ExternalId=externalId`, either way round), else the
 * context's own, else the one that the README recommends, by the connector's name for the federation id. Throws
 * `UsageError` in words.
 */
export function readReportCorrelation(
  given: string | undefined,
  { CorrelationConfiguration: own }: JsonObject,
  federationId: string,
): ReportCorrelation {
  if (given !== undefined) {
    const halves = given.split('=').map((half) => half.trim())
    const path = halves.find((half) => half.startsWith('Person.'))
    const field = halves.find((half) => half !== path)
    if (halves.length === 2 && path !== undefined && field !== undefined && /^[\w.]+$/.test(field))
      return { field, path }
    throw new UsageError(
      '--correlate takes a person field and an account field: Person.ExternalId=employeeNumber.',
    )
  }
  if (!isObject(own)) return { field: federationId, path: 'Person.ExternalId' }
  const member = (name: string): string => {
    const [, value] = Object.entries(own).find(([key]) => key.toLowerCase() === name) ?? []
    return typeof value === 'string' || typeof value === 'boolean' ? String(value).trim() : ''
  }
  const [path, field] = [member('personfield'), member('accountfield')]
  if (member('enabled').toLowerCase() !== 'true' || path === '' || field === '')
    throw new UsageError('The context has no correlation that is enabled: name one with --correlate.')
  return { field, path: path.startsWith('Person.') ? path : `Person.${path}` }
}

/** Persons whose paths are candidates for what was meant. */
const samplePersons = 50

/** Throws `UsageError` where no person has the path at all: everybody would get a new account. An empty value is one. */
export function checkPath(persons: readonly Person[], path: string, name: string): void {
  const steps = path.replace(/^Person\./, '').split('.')
  if (persons.some((person) => hasPath(person, steps))) return
  const known = new Set(persons.slice(0, samplePersons).flatMap((person) => pathsIn(person, 'Person')))
  throw new UsageError(`No person in ${name} has ${path}${meant(nearest(path, [...known])) || '.'}`)
}

function hasPath(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return true
  return isObject(value) && Object.hasOwn(value, step) && hasPath(value[step], rest)
}

function pathsIn(value: unknown, path: string, depth = 0): string[] {
  if (!isObject(value)) return [path]
  return depth > 5
    ? []
    : Object.entries(value).flatMap(([name, member]) => pathsIn(member, `${path}.${name}`, depth + 1))
}

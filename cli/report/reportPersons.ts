import { isObject } from '../../shared/validate.ts'
import type { Person } from '../../mapping/mapFields.ts'
import type { ReportedPerson } from './reportModel.ts'
import { parseJson, UsageError } from '../lib/cliEnvironment.ts'

const expected = 'an array of persons, an object with "Persons", or one person a line was expected'

/**
 * The persons of a file: a JSON array, an object with `Persons` in any case, one person, or NDJSON. Each is HelloID's person,
 * also where it is wrapped in `Person` or `personContext`. Throws `UsageError` in words, naming the place.
 */
export function readPersons(text: string, name: string): Person[] {
  const document = text.replace(/^\uFEFF/, '').trim()
  if (document === '') throw new UsageError(`${name} is empty: ${expected}.`)
  const items = listOf(document, name)
  if (items.length === 0) throw new UsageError(`${name} has no persons in it.`)
  return items.map((item, index) => {
    const person = unwrap(item)
    if (person === undefined) throw new UsageError(`Person ${index + 1} of ${name} is not a JSON object.`)
    return person
  })
}

function listOf(document: string, name: string): readonly unknown[] {
  const lines = document.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lines.length > 1 && lines.slice(0, 2).every(isWholeObject)) {
    return lines.map((line, index) => parseJson(line, `Line ${index + 1} of ${name}`))
  }
  const value = parseJson(document, name)
  if (Array.isArray(value)) return value
  if (!isObject(value)) throw new UsageError(`${name} holds no persons: ${expected}.`)
  const persons = memberOf(value, 'Persons')
  if (persons === undefined) return [value]
  if (Array.isArray(persons)) return persons
  throw new UsageError(`Persons in ${name} is not a list: ${expected}.`)
}

function isWholeObject(line: string): boolean {
  try {
    return isObject(JSON.parse(line))
  } catch {
    return false
  }
}

function unwrap(item: unknown): Person | undefined {
  if (!isObject(item)) return undefined
  const inner = memberOf(item, 'personContext') ?? item
  const person = isObject(inner) ? (memberOf(inner, 'Person') ?? inner) : undefined
  return isObject(person) ? person : undefined
}

function memberOf(object: Readonly<Record<string, unknown>>, wanted: string): unknown {
  return Object.entries(object).find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1]
}

/** How the report calls a person. */
export function describePerson(person: Person): ReportedPerson {
  const externalId = textOf(person['ExternalId'])
  const name = isObject(person['Name']) ? person['Name'] : {}
  const parts = [name['NickName'] ?? name['GivenName'], name['FamilyNamePrefix'], name['FamilyName']]
  const made = parts
    .map(textOf)
    .filter((part) => part !== '')
    .join(' ')
  return { externalId, displayName: textOf(person['DisplayName']) || made || externalId || '(no name)' }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}

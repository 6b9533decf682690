import { createHash } from 'node:crypto'
import { ConnectorError, TargetError, TransportError } from '../../../errors.ts'
import type { JsonObject } from '../../../validate.ts'
import { collectionSize } from '../../../salesforce/rest/collections.ts'
import { keyedQuery } from '../../../salesforce/rest/keyedQuery.ts'
import type { RestApi } from '../../../salesforce/rest/restApi.ts'
import { fieldText } from '../../../salesforce/rest/rowPages.ts'
import { literal } from '../../../salesforce/rest/soql.ts'

/** What a host's resource can be in an org. Lengths are documented: Group and UserRole in the Object Reference. */
export const resourceTypes = {
  PublicGroup: { object: 'Group', noun: 'public group', maxLength: 40, fixed: { Type: 'Regular' } },
  /** A role at the top of the hierarchy: whom it reports to is for the administrator. */
  Role: { object: 'UserRole', noun: 'role', maxLength: 80, fixed: {} },
} as const satisfies Record<
  string,
  { object: string; noun: string; maxLength: number; fixed: Readonly<Record<string, string>> }
>

export type ResourceType = keyof typeof resourceTypes

/** One resource that the org lacks. */
export interface MissingResource {
  readonly name: string
  readonly developerName: string
}

/** What became of it: its id, or why there is none. */
export interface ResourceOutcome extends MissingResource {
  readonly id?: string
  readonly error?: ConnectorError
}

const namesPerQuery = 100
/** Encoded: 16 KB of query are safe in an address (general knowledge), and half of them stay free. */
const queryRoom = 6000

/** Those of the names, whatever their case, that the org has no resource for. At most 100 names are asked for at once. */
export async function findMissing(
  rest: RestApi,
  type: ResourceType,
  names: readonly string[],
): Promise<MissingResource[]> {
  const { object, fixed } = resourceTypes[type]
  const existing = new Set<string>()
  const taken = new Set<string>()
  for (const chunk of chunksOf(names)) {
    // A renamed resource keeps its developer name, which is then taken for the one that gets its name.
    const by = { Name: chunk, DeveloperName: chunk.map(developerNameOf) }
    const more = Object.entries(fixed).map(([field, value]) => ` AND ${field} = ${literal(value)}`)
    const rows = await rest.query(keyedQuery('Id, Name, DeveloperName', object, by, more.join('')))
    for (const row of rows) {
      existing.add(fieldText(row, 'Name').toLowerCase())
      taken.add(fieldText(row, 'DeveloperName').toLowerCase())
    }
  }
  return names
    .filter((name) => !existing.has(name.toLowerCase()))
    .map((name) => {
      const plain = developerNameOf(name)
      const developerName = taken.has(plain.toLowerCase()) ? hashedNameOf(name) : plain
      taken.add(developerName.toLowerCase())
      return { name, developerName }
    })
}

/** Creates them, each for itself: one that fails does not keep the others from being created. */
export async function createMissing(
  rest: RestApi,
  type: ResourceType,
  missing: readonly MissingResource[],
): Promise<ResourceOutcome[]> {
  const { object, fixed } = resourceTypes[type]
  const outcomes: ResourceOutcome[] = []
  for (let at = 0; at < missing.length; at += collectionSize) {
    const some = missing.slice(at, at + collectionSize)
    const records = some.map(({ name, developerName }): JsonObject => ({
      Name: name,
      DeveloperName: developerName,
      ...fixed,
    }))
    const answers = await createSome(rest, object, records)
    for (const [index, one] of some.entries()) {
      const answer = answers[index]
      outcomes.push(
        typeof answer === 'string' ? { ...one, id: answer } : { ...one, ...(answer && { error: answer }) },
      )
    }
  }
  return outcomes
}

/** A request that fails as a whole fails each of its records. It is not repeated: names of groups are not unique. */
async function createSome(
  rest: RestApi,
  object: string,
  records: readonly JsonObject[],
): Promise<readonly (string | ConnectorError)[]> {
  try {
    return await rest.createAll(object, records)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return records.map(() => (mayHaveWritten(error) ? uncertain(error) : error))
  }
}

function mayHaveWritten(error: ConnectorError): boolean {
  if (error instanceof TransportError) return error.sent
  return error instanceof TargetError ? error.status >= 500 : error.code === 'UNEXPECTED'
}

function uncertain(error: ConnectorError): ConnectorError {
  const text = `${error.message}; whether it was created is not known, and the next run looks for it first`
  return new ConnectorError(error.code, text, { cause: error })
}

function* chunksOf(names: readonly string[]): Generator<string[]> {
  let chunk: string[] = []
  let room = queryRoom
  for (const name of names) {
    const size = encodeURIComponent(literal(name) + literal(developerNameOf(name))).length + 8
    if (chunk.length === namesPerQuery || (chunk.length > 0 && size > room)) {
      yield chunk
      chunk = []
      room = queryRoom
    }
    chunk.push(name)
    room -= size
  }
  if (chunk.length > 0) yield chunk
}

const longestDeveloperName = 80

/**
 * Letters, digits and single underscores, a letter first, at most 80 (documented: Group.DeveloperName). Accents are left
 * off; a name without a letter of the Latin alphabet gets its hash.
 */
export function developerNameOf(name: string): string {
  const latin = latinOf(name)
  if (latin === '') return hashedNameOf(name)
  return latin.slice(0, longestDeveloperName).replace(/_$/, '')
}

/** The same with what tells it from another name that looks alike in these letters. */
function hashedNameOf(name: string): string {
  const hash = createHash('sha256').update(name.toLowerCase()).digest('hex').slice(0, 8)
  const latin = latinOf(name) || 'R'
  return `${latin.slice(0, longestDeveloperName - hash.length - 1).replace(/_$/, '')}_${hash}`
}

function latinOf(name: string): string {
  const words = name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
  return /^\d/.test(words) ? `R_${words}` : words
}

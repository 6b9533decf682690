import { isObject } from '../../shared/validate.ts'

/** How many of the org's API requests of the last 24 hours are used. */
export interface ApiUsage {
  readonly used: number
  readonly limit: number
}

/** The seats of a user licence. */
export interface Licence {
  readonly name: string
  readonly total: number
  readonly used: number
}

/** What an import tells of the org on stderr, beside the accounts; undefined for what it did not tell. */
export interface ImportFacts {
  readonly usage: ApiUsage | undefined
  readonly licences: readonly Licence[] | undefined
  /** The id of the account that the connector signs in as. */
  readonly integrationUser: string | undefined
}

export const noFacts: ImportFacts = {
  usage: undefined,
  licences: undefined,
  integrationUser: undefined,
}

/** Takes whole lines of an import's log in: what they tell replaces what was known. */
export function readFacts(known: ImportFacts, log: string): ImportFacts {
  let facts = known
  for (const text of log.split('\n')) {
    if (!/"(apiUsage|licences|integrationUser)":/.test(text)) continue
    const { apiUsage, licences, integrationUser } = parse(text)
    if (isUsage(apiUsage)) facts = { ...facts, usage: { used: apiUsage.used, limit: apiUsage.limit } }
    if (typeof integrationUser === 'string') facts = { ...facts, integrationUser }
    if (Array.isArray(licences)) facts = { ...facts, licences: licences.filter(isLicence) }
  }
  return facts
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function isUsage(value: unknown): value is ApiUsage {
  return isObject(value) && typeof value['used'] === 'number' && typeof value['limit'] === 'number'
}

function isLicence(value: unknown): value is Licence {
  return (
    isObject(value) &&
    typeof value['name'] === 'string' &&
    typeof value['total'] === 'number' &&
    typeof value['used'] === 'number'
  )
}

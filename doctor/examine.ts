import { ConnectorError, type Language, TargetError } from '../shared/errors.ts'
import { createHttpClient, type HttpClient } from '../shared/http/client.ts'
import { readDescription } from '../shared/salesforce/rest/description.ts'
import { fieldText, type Row } from '../shared/salesforce/rest/rowPages.ts'
import { passwordFlowEnd } from '../shared/salesforce/session/signIn.ts'
import { literal } from '../shared/salesforce/rest/soql.ts'
import type { JsonObject } from '../shared/validate.ts'
import type { Settings } from '../shared/lifecycle/settings/settings.ts'
import { examineApis } from './api.ts'
import { examineFeatures } from './features.ts'
import { judgeFields, judgeSources, writtenFields } from './fields.ts'
import { type Finding, findingsOf, type Part, parts } from './finding.ts'
import type { Destination, MappedField } from './mapping.ts'
import { reach } from './network.ts'
import { type ExaminedOrg, isError, openExamined, orError } from './examineOrg.ts'
import { employees, judgeProfiles, namedProfiles, profilesQuery } from './profiles.ts'
import { examineRights, missingRights, rightsQueries } from './rights.ts'
import { signIn } from './signIn.ts'
import { judgePlaces, judgeValues } from './values.ts'
import { examineVisibility } from './visibility.ts'

/** What is examined. */
export interface Subject {
  readonly configuration: JsonObject
  readonly mapping: readonly MappedField[]
}

/** What a connector knows of itself. */
export interface ConnectorFacts<S extends Settings = Settings> {
  readonly speaksScim: boolean
  /** Throws `MISCONFIGURED`, and warns in the log. */
  readSettings(configuration: JsonObject): S
  destinationOf(field: string): Destination
  /** Types of user (User.UserType), besides those of employees, that these settings allow. */
  furtherUserTypes?(settings: S): readonly string[]
  /** Further checks, of the connector's own settings. */
  examineOptions?(org: ExaminedOrg, settings: S): Promise<readonly Finding[]>
}

/**
 * Everything that has to be right before an org can be provisioned, a finding for each thing, as they come. It signs in and
 * reads; nothing is written. What cannot be known because of an earlier finding is skipped, in one line.
 */
export async function* examine<S extends Settings>(
  { configuration, mapping }: Subject,
  facts: ConnectorFacts<S>,
): AsyncGenerator<Finding, void, void> {
  const language: Language = /^nl$/i.test(textOf(configuration, 'Language')) ? 'nl' : 'en'
  let settings: S
  try {
    settings = facts.readSettings(configuration)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    yield findingsOf('settings', language).failed('Configuration', 'CONFIGURATION_INVALID', error.message)
    yield* notMade('network', 'the configuration comes first', language)
    return
  }
  const { flow } = settings.credentials
  yield findingsOf('settings', language).ok('Configuration', `complete and well-formed, ${flow}`)
  const client = createHttpClient()
  try {
    yield* examineOrg(client, { configuration, mapping }, settings, facts)
  } finally {
    client.close()
  }
}

async function* examineOrg<S extends Settings>(
  client: HttpClient,
  { configuration, mapping }: Subject,
  settings: S,
  facts: ConnectorFacts<S>,
): AsyncGenerator<Finding, void, void> {
  const { language } = settings
  const reached = await reach(client, settings)
  yield* reached.findings
  const { versions } = reached
  if (versions === undefined) return yield* notMade('sign-in', 'the org was not reached', language)

  const { findings, token, userId } = await signIn(client, settings, reached)
  yield* findings
  if (token === undefined) return yield* notMade('API', 'nobody is signed in', language)
  if (settings.credentials.flow === 'password') {
    const text = `Salesforce ends AuthenticationFlow password on ${passwordFlowEnd}`
    yield findingsOf('sign-in', language).warning('AuthenticationFlow', 'PASSWORD_FLOW_ENDS', text)
  }

  const hasChosenTypes = textOf(configuration, 'PermissionTypes') !== ''
  const org = openExamined(client, token, { settings, versions, userId, mapping, hasChosenTypes })
  const apis = await examineApis(org, facts.speaksScim)
  yield* apis.findings
  if (!apis.hasRest) {
    const why = settings.useRestApi
      ? 'the REST API does not answer'
      : 'only the REST API tells, and UseRestApi is false'
    return yield* notMade('rights', why, language)
  }
  if (apis.problem !== undefined) return yield* notMade('rights', apis.problem, language)
  yield* examineByRest(org, settings, facts)
}

/** What only the REST API tells. */
async function* examineByRest<S extends Settings>(
  org: ExaminedOrg,
  settings: S,
  facts: ConnectorFacts<S>,
): AsyncGenerator<Finding, void, void> {
  const { language } = settings
  const profiles = profilesQuery(namedProfiles(settings))
  const self =
    org.userId === undefined
      ? undefined
      : `SELECT Id, Username, Profile.Name, Profile.UserLicense.Name FROM User WHERE Id = ${literal(org.userId)}`
  const queries: Partial<Record<'access' | 'logins' | 'components' | 'profiles' | 'self', string>> = {
    ...rightsQueries,
    ...(profiles !== undefined && { profiles }),
    ...(self !== undefined && { self }),
  }
  const read = await orError(org.rest.gather(queries, 'User'))
  if (isError(read)) {
    yield findingsOf('rights', language).stopped('Reading', read, 'REFUSED')
    yield* notMade('accounts', 'the org cannot be read', language)
    return
  }
  const { rows, description: described } = read
  const { access, logins, components } = rows
  const rights = examineRights(org, { access, logins, components, description: described })
  const missing = missingRights(rights)
  yield* showSelf(rows.self, missing, language)
  yield* rights
  yield* await examineVisibility(org, described, missing)

  const placed = org.mapping.map((field) => ({ field, destination: facts.destinationOf(field.name) }))
  const written = writtenFields(placed)
  const isMapped = written.some(({ userField, forCreate }) => userField === 'ProfileId' && forCreate)
  const further = facts.furtherUserTypes?.(settings) ?? []
  yield* judgeProfiles(settings, rows.profiles, { isMapped, userTypes: [...employees, ...further], missing })
  yield* judgeSources(settings, org.mapping)
  if (described instanceof TargetError) {
    yield findingsOf('mapping', language).stopped('User', described, 'REFUSED')
    return
  }
  const description = await orError(Promise.resolve(described).then(readDescription))
  if (isError(description)) {
    yield findingsOf('mapping', language).stopped('User', description, 'REFUSED')
    return
  }
  yield* judgeValues(settings, description, written)
  yield* judgePlaces(settings, described, description, written)
  yield* judgeFields(settings, description, placed, missing)
  yield* await examineFeatures(org, description)
  yield* (await facts.examineOptions?.(org, settings)) ?? []
}

function* showSelf(
  rows: Row[] | TargetError | undefined,
  missing: ReadonlySet<string>,
  language: Language,
): Generator<Finding, void, void> {
  const { ok, skipped, refused } = findingsOf('rights', language)
  if (rows === undefined) return
  if (isError(rows)) return yield refused('Integration user', rows, missing)
  const [row] = rows
  if (row === undefined) return yield skipped('Integration user', 'Salesforce does not show it')
  const [name, profile, licence] = ['Username', 'Profile.Name', 'Profile.UserLicense.Name'].map((path) =>
    fieldText(row, path),
  )
  yield ok('Integration user', `${name ?? ''}, profile ${profile ?? ''}, licence ${licence ?? ''}`)
}

/** A setting as it was given, as text; its name may have any case. */
function textOf(configuration: JsonObject, setting: string): string {
  const name = Object.keys(configuration).find((given) => given.toLowerCase() === setting.toLowerCase())
  const value = name === undefined ? undefined : configuration[name]
  return Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value.trim() : ''
}

/** One line for all parts from this one on. */
function* notMade(from: Part, why: string, language: Language): Generator<Finding, void, void> {
  const rest = parts.slice(parts.indexOf(from))
  yield findingsOf(from, language).skipped('Not checked', `${rest.join(', ')}: ${why}`)
}

import { ConnectorError, TargetError } from '../shared/errors.ts'
import type { HttpClient } from '../shared/http/client.ts'
import { type RestApi, restApi } from '../shared/salesforce/rest/restApi.ts'
import { openSession, type Session } from '../shared/salesforce/session/session.ts'
import type { Token } from '../shared/salesforce/session/signIn.ts'
import type { Settings } from '../shared/lifecycle/settings/settings.ts'
import type { MappedField } from './mapping.ts'
import { timeout } from './network.ts'

/** An org that a token was got for, with all that the checks of it need. Nothing is ever written in it. */
export interface ExaminedOrg {
  readonly settings: Settings
  readonly session: Session
  readonly rest: RestApi
  /** Versions of the REST API that the org has. */
  readonly versions: readonly string[]
  readonly userId: string | undefined
  readonly mapping: readonly MappedField[]
  /** Whether the settings name the types of permission that are shown. */
  readonly hasChosenTypes: boolean
}

/** Milliseconds for all that is asked once somebody is signed in: nobody waits for minutes to hear that an org does not answer. */
const patienceInAll = 30_000

/** The org under this token. What is read goes in one request where that is possible (a composite of GETs). */
export function openExamined(
  client: HttpClient,
  token: Token,
  given: Pick<ExaminedOrg, 'settings' | 'versions' | 'userId' | 'mapping' | 'hasChosenTypes'>,
): ExaminedOrg {
  const { settings } = given
  const end = process.uptime() * 1000 + patienceInAll
  const session = openSession({
    client,
    clock: { remaining: () => Math.max(0, Math.min(timeout, end - process.uptime() * 1000)) },
    ...settings,
    // The token is of now: what a file keeps says nothing about signing in.
    tokenCache: undefined,
    tokens: { get: () => Promise.resolve(token), drop: () => Promise.resolve() },
  })
  return { ...given, session, rest: restApi(session, settings.apiVersion, false) }
}

/** The answer, or the error that says why there is none; what is no error of this kind is thrown. */
export async function orError<Answer>(answer: Promise<Answer>): Promise<Answer | ConnectorError> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ConnectorError) return error
    throw error
  }
}

export function isError(answer: unknown): answer is ConnectorError {
  return answer instanceof ConnectorError
}

/** Whether Salesforce says that the API as a whole is switched off. */
export function isDisabled(error: unknown): error is TargetError {
  return (
    error instanceof TargetError && (error.has('API_DISABLED_FOR_ORG') || error.has('API_CURRENTLY_DISABLED'))
  )
}

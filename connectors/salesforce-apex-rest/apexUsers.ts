import { ConnectorError, TargetError, type Verdict } from '../../shared/errors.ts'
import { withFinding } from '../../shared/salesforce/errors/error.ts'
import { ForeignAnswerError, named } from '../../shared/salesforce/foreignAnswer.ts'
import { idPrefix, previewId, isId, isSameId } from '../../shared/salesforce/id.ts'
import { explainUserWrite } from '../../shared/salesforce/errors/writeErrors.ts'
import type { Session } from '../../shared/salesforce/session/session.ts'
import { isObject, type JsonObject } from '../../shared/validate.ts'

/**
 * Users as the customer's own Apex REST resource writes them: `{ "user": {…} }` goes there, as POST to the path itself or as
 * PATCH to the path of an id; the result of the write comes back as Salesforce's own API has it:
 * `{ "success", "id", "errors": [{ "statusCode", "message", "fields" }] }`.
 */
export interface ApexUsers {
  /** Gives the id; that of a user to be in a preview. */
  create(record: JsonObject): Promise<string>
  update(id: string, record: JsonObject): Promise<void>
}

/** `path` as in `Settings.apexRestPath`. */
export function apexUsers(session: Session, path: string, isPreview: boolean): ApexUsers {
  const resource = `/services/apexrest/${path}`

  const write = async (method: 'POST' | 'PATCH', name: string, user: JsonObject): Promise<string> => {
    let json: unknown
    try {
      // A mapping with a wildcard is sure to meet the path with its final slash: so it is in all examples (documented).
      const request = { method, path: `${resource}/${name}`, body: { user } }
      ;({ json } = await session.request({ ...request, isRepeatable: method === 'PATCH' }))
    } catch (error) {
      throw explainUserWrite(withContext(error, resource, method), user, session.language)
    }
    if (isPreview) return previewId
    const id = isObject(json) && json['success'] === true ? json['id'] : undefined
    if (typeof id === 'string' && isId(id, idPrefix.user)) return id
    throw nonsense(resource)
  }

  return {
    create: (record) => write('POST', '', record),
    async update(id, record) {
      const written = await write('PATCH', id, record)
      if (isPreview || isSameId(written, id)) return
      session.checkAnswer(() => {
        throw new ForeignAnswerError(named('Id', id), named('Id', written))
      })
    },
  }
}

function nonsense(resource: string): ConnectorError {
  return new ConnectorError(
    'UNEXPECTED',
    `the Apex REST resource ${resource} did not answer with success, id and errors as its contract says (see the README)`,
  )
}

/** The error with what the platform's general words mean around a class, where they would lead the reader astray. */
function withContext(error: unknown, resource: string, method: string): unknown {
  if (!(error instanceof TargetError)) return error
  const text = error.faults.map(({ message }) => message).join(' ')
  // observed texts: an issue about simple-salesforce, and one about restforce
  if (error.has('NOT_FOUND') && text.includes('Could not find a match for URL')) {
    return withFinding(
      error,
      `Salesforce has no Apex REST resource ${resource}: correct Configuration.ApexRestPath (capitals count, and the namespace of a package stands before the path), or deploy the class`,
      { code: 'MISCONFIGURED', verdict: misconfigured },
    )
  }
  if (error.has('METHOD_NOT_ALLOWED')) {
    return withFinding(
      error,
      `the Apex REST resource ${resource} does not take ${method}: its class needs both @HttpPost and @HttpPatch, and a urlMapping that ends in /*`,
      { code: 'MISCONFIGURED', verdict: misconfigured },
    )
  }
  if (error.has('JSON_PARSER_ERROR')) {
    return withFinding(
      error,
      `the Apex REST resource ${resource} could not read the request: its methods must take one parameter, User user, and the API version of the class must know the fields`,
      { code: 'MISCONFIGURED', verdict: misconfigured },
    )
  }
  if (error.has('FORBIDDEN') && text.includes('access to the Apex class')) {
    return withFinding(
      error,
      'give the integration user access to the class (Setup > Permission Sets > Apex Class Access)',
      { code: 'FORBIDDEN', verdict: withoutRight },
    )
  }
  return error
}

const misconfigured: Verdict = { class: 'configuration', retry: 'no', actor: 'connector administrator' }
const withoutRight: Verdict = { class: 'rights', retry: 'no', actor: 'Salesforce administrator' }

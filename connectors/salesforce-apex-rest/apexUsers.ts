import { ConnectorError, type ErrorCode, TargetError } from '../../shared/errors.ts'
import { idPrefix, idToBe, isId, isSameId } from '../../shared/salesforce/id.ts'
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
      throw error instanceof TargetError ? explained(error, resource, method) : error
    }
    if (isPreview) return idToBe
    const id = isObject(json) && json['success'] === true ? json['id'] : undefined
    if (typeof id === 'string' && isId(id, idPrefix.user)) return id
    throw nonsense(resource)
  }

  return {
    create: (record) => write('POST', '', record),
    async update(id, record) {
      const written = await write('PATCH', id, record)
      if (!isPreview && !isSameId(written, id)) throw nonsense(resource)
    },
  }
}

function nonsense(resource: string): ConnectorError {
  return new ConnectorError(
    'UNEXPECTED',
    `the Apex REST resource ${resource} did not answer with success, id and errors as its contract says (see the README)`,
  )
}

/** What the platform says around a class, of which its general meaning would lead whoever reads it astray. */
function explained(error: TargetError, resource: string, method: string): TargetError {
  const { faults } = error
  const text = faults.map(({ message }) => message).join(' ')
  // observed texts: an issue about simple-salesforce, and one about restforce
  if (error.has('NOT_FOUND') && text.includes('Could not find a match for URL')) {
    return retold(
      error,
      'MISCONFIGURED',
      `Salesforce has no Apex REST resource ${resource}: correct Configuration.ApexRestPath (capitals count, and the namespace of a package stands before the path), or deploy the class`,
    )
  }
  if (error.has('METHOD_NOT_ALLOWED')) {
    return retold(
      error,
      'MISCONFIGURED',
      `the Apex REST resource ${resource} does not take ${method}: its class needs both @HttpPost and @HttpPatch, and a urlMapping that ends in /*`,
    )
  }
  if (error.has('JSON_PARSER_ERROR')) {
    return retold(
      error,
      'MISCONFIGURED',
      `the Apex REST resource ${resource} could not read the request: ${text} (JSON_PARSER_ERROR): its methods must take one parameter, User user, and the API version of the class must know the fields`,
    )
  }
  if (error.has('FORBIDDEN') && text.includes('access to the Apex class')) {
    return retold(
      error,
      'FORBIDDEN',
      `${text} (FORBIDDEN): give the integration user access to the class (Setup > Permission Sets > Apex Class Access)`,
    )
  }
  return error
}

function retold(error: TargetError, code: ErrorCode, message: string): TargetError {
  const { status, faults, shape } = error
  const isRights = code === 'FORBIDDEN'
  return new TargetError(code, message, {
    status,
    faults,
    shape,
    verdict: {
      class: isRights ? 'rights' : 'configuration',
      retry: 'no',
      actor: isRights ? 'Salesforce administrator' : 'connector administrator',
    },
  })
}

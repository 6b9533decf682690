import { isObject, type JsonObject } from '../validate.ts'
import { ConnectorError } from '../errors.ts'

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const enterpriseSchema = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
/** Holds `alias`. The pilot reads and patches it under 1.0 and creates it under 2.0: what did not take is written by REST. */
export const salesforceSchema = 'urn:salesforce:schemas:extension:1.0'

/** The extension that holds an org's custom fields, keyed by its 18-character id. */
export function customSchema(orgId: string): string {
  return `urn:salesforce:schemas:extension:${orgId}`
}

/** A resource as it came: `id` is checked, every other member is read with care. */
export type Resource = JsonObject & { readonly id: string }

/** RFC 7644 §3.4.2; `Resources` is absent on an empty page (pilot) and `totalResults` may be missing or wrong. */
export interface ListResponse {
  readonly resources: readonly Resource[]
  readonly totalResults: number
}

/** RFC 7644 §3.5.2, in the one form that Salesforce documents: `value` is an object, `path` only for `remove`. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly path?: string
  readonly value?: JsonObject
}

export function patchBody(operations: readonly Operation[]): JsonObject {
  return { schemas: [patchSchema], Operations: operations }
}

/** The answer as one resource; `what` names it in the error when it is something else. */
export function toResource(answer: unknown, what: string): Resource {
  if (!isResource(answer)) {
    throw new ConnectorError('UNEXPECTED', `Salesforce answered with something else than ${what}`)
  }
  return answer
}

export function isResource(answer: unknown): answer is Resource {
  return isObject(answer) && typeof answer['id'] === 'string' && answer['id'] !== ''
}

/** The answer as a page; an empty body is an empty page (pilot: entitlements). */
export function toListResponse(answer: unknown): ListResponse {
  if (answer === undefined) return { resources: [], totalResults: 0 }
  if (!isObject(answer) || !('totalResults' in answer || 'Resources' in answer)) {
    throw new ConnectorError('UNEXPECTED', 'Salesforce answered with something else than a list')
  }
  const resources = answer['Resources'] ?? []
  if (!Array.isArray(resources) || !resources.every(isResource)) {
    throw new ConnectorError('UNEXPECTED', 'Salesforce answered with a list in which a resource has no id')
  }
  const total = readTotal(answer['totalResults'])
  // A page without `Resources` is empty by its total alone: without one, it does not tell.
  if (total === undefined && answer['Resources'] == null) {
    throw new ConnectorError('UNEXPECTED', 'Salesforce answered with something else than a list')
  }
  return { resources, totalResults: total ?? resources.length }
}

/**
 * The answer to a search from its first result on, as a page. Throws where it counts results and shows none: taken for an empty
 * one, it would make a second account of one that is there.
 */
export function toSearchResponse(answer: unknown): ListResponse {
  const page = toListResponse(answer)
  if (page.resources.length > 0 || page.totalResults === 0) return page
  throw new ConnectorError(
    'UNEXPECTED',
    `Salesforce says that a search has ${page.totalResults} results, and shows none`,
  )
}

/** Undefined where it is no number; some servers write numbers as text. */
function readTotal(value: unknown): number | undefined {
  const total = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
  return typeof total === 'number' && Number.isInteger(total) && total >= 0 ? total : undefined
}

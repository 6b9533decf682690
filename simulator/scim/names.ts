import { createHash } from 'node:crypto'
import type { Context } from '../context.ts'

export const coreUser = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const coreGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group'
export const enterpriseUser = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
export const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
/** Salesforce's own extension, which holds the alias. Pilot: 1.0 in its README and for PATCH, 2.0 for POST; emitted as neither. */
export const salesforceUser = 'urn:salesforce:schemas:extension:1.0'
export const salesforceUser2 = 'urn:salesforce:schemas:extension:2.0'
export const externalUser = 'urn:salesforce:schemas:extension:external:1.0'
export const communitiesUser = 'urn:salesforce:schemas:extension:communities:1.0'
export const entitlementSchema = 'urn:salesforce:schemas:extension:1.0:Entitlement'
export const roleSchema = 'urn:salesforce:schemas:extension:1.0:Role'

/** The extension for custom fields is named after the org (pilot). */
export function customUser(context: Context): string {
  return `urn:salesforce:schemas:extension:${context.org.id}`
}

/** A stored time as SCIM shows it. */
export function scimTime(context: Context, iso: string): string {
  const text = `${iso.slice(0, 19)}Z`
  if (!context.dialect.twelveHourTimestamps) return text
  // pilot: `hh` instead of `HH` in the date format
  const hour = Number(text.slice(11, 13)) % 12 || 12
  return `${text.slice(0, 11)}${String(hour).padStart(2, '0')}${text.slice(13)}`
}

/** Documented sample (identity_scim_manage_groups): 40 hex digits. */
export function version(seed: string): string {
  return createHash('sha1').update(seed).digest('hex')
}

/** The `meta` of a resource. */
export function meta(
  context: Context,
  resourceType: string,
  path: string,
  created: string | undefined,
  modified: string,
): Record<string, string> {
  return {
    ...(created === undefined ? {} : { created: scimTime(context, created) }),
    lastModified: scimTime(context, modified),
    location: `${context.url}/services/scim/v2${path}`,
    resourceType,
    version: version(path + modified),
  }
}

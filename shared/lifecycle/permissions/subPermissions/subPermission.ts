import type { Call } from '../../../host/actions.ts'
import type { SubPermission } from '../../../host/result.ts'
import { ConnectorError } from '../../../errors.ts'
import { isSameId } from '../../../salesforce/id.ts'
import { type PermissionReference, readPermissionReference } from '../access/permission.ts'
import { member } from '../../person.ts'

/** A sub-permission that the host holds as granted. */
export interface CurrentEntry {
  /** As the host has it, and gets it back while it is kept: its key is not rewritten. */
  readonly entry: SubPermission
  /** Undefined where its key says nothing to this connector. */
  readonly permission: PermissionReference | undefined
}

/** A permission that the contracts give, known to the org. */
export interface Desired {
  readonly permission: PermissionReference
  /** As the host shows it. */
  readonly displayName: string
}

/** What stands for an empty set: without any entry the host's entitlement ends in an error (observed: vendor's connectors). */
export const noPermissions: SubPermission = {
  DisplayName: 'No permissions defined',
  Reference: { Id: 'No permissions defined' },
}

/**
 * The key of a sub-permission: `PermissionSet:0PS…`. Ids stay when things are renamed; the type is in it because an id does
 * not always tell it: queues and public groups have the same prefix.
 */
export function keyOf({ Type, Reference }: PermissionReference): string {
  return `${Type}:${Reference}`
}

export function toEntry({ permission, displayName }: Desired): SubPermission {
  return { DisplayName: displayName, Reference: { Id: keyOf(permission) } }
}

export function isSamePermission(a: PermissionReference, b: PermissionReference): boolean {
  if (a.Type === 'FeatureLicense' || b.Type === 'FeatureLicense') return a.Reference === b.Reference
  return isSameId(a.Reference, b.Reference)
}

export type Operation = 'grant' | 'update' | 'revoke'

/** What the host wants of the script that serves all three. Throws `INVALID_INPUT` for anything else. */
export function operationOf({ input }: Call): Operation {
  const given = input.actionContext.Operation?.trim() ?? ''
  const operation = (['grant', 'update', 'revoke'] as const).find((name) => name === given.toLowerCase())
  if (operation !== undefined) return operation
  throw new ConnectorError(
    'INVALID_INPUT',
    `Operation [${given.slice(0, 80)}] is none of grant, update and revoke.`,
  )
}

/** `CurrentPermissions`; a list that is not sent is empty. Throws `INVALID_INPUT` for an entry without a key. */
export function currentEntries({ input }: Call): CurrentEntry[] {
  const given = input.actionContext.CurrentPermissions ?? []
  return given.flatMap(({ Reference, DisplayName }, index) => {
    const id = member(Reference, 'Id')
    if (typeof id !== 'string' || id.trim() === '') {
      throw new ConnectorError('INVALID_INPUT', `CurrentPermissions[${index}].Reference.Id is missing.`)
    }
    if (id === noPermissions.Reference.Id) return []
    const entry = { DisplayName: DisplayName ?? id, Reference: { Id: id } }
    return [{ entry, permission: readKey(id) }]
  })
}

/** A key of ours, or a bare id. */
function readKey(id: string): PermissionReference | undefined {
  const [, Type, Reference] = /^(\w+):(\w+)$/.exec(id.trim()) ?? ['', undefined, id]
  try {
    return readPermissionReference({ Reference, Type }, 'key')
  } catch (error) {
    if (error instanceof ConnectorError) return undefined
    throw error
  }
}

/** How a slot answers: an outputContext; the list of permissions in one; objects, one after the other. */
export type AnswerKind = 'result' | 'list' | 'objects'

/** A place for a script in a target system of HelloID. */
export interface Slot {
  /** As HelloID names it. */
  readonly slot: string
  /** The action that runs in it. */
  readonly action: string
  /** Where its files are in a package, without the ending: the names that HelloID's own repositories have. */
  readonly path: string
  readonly kind: AnswerKind
}

/** The slots of a HelloID target system (PowerShell v2), in the order in which it shows them. */
export const slots: readonly Slot[] = [
  { slot: 'Account create', action: 'create', path: 'create', kind: 'result' },
  { slot: 'Account enable', action: 'enable', path: 'enable', kind: 'result' },
  { slot: 'Account update', action: 'update', path: 'update', kind: 'result' },
  { slot: 'Account disable', action: 'disable', path: 'disable', kind: 'result' },
  { slot: 'Account delete', action: 'delete', path: 'delete', kind: 'result' },
  { slot: 'Uniqueness check', action: 'uniquenessCheck', path: 'uniquenessCheck', kind: 'result' },
  { slot: 'Account import', action: 'import', path: 'import', kind: 'objects' },
  {
    slot: 'Retrieve permissions',
    action: 'listPermissions',
    path: 'permissions/all/permissions',
    kind: 'list',
  },
  {
    slot: 'Grant permission',
    action: 'grantPermission',
    path: 'permissions/all/grantPermission',
    kind: 'result',
  },
  {
    slot: 'Revoke permission',
    action: 'revokePermission',
    path: 'permissions/all/revokePermission',
    kind: 'result',
  },
  {
    slot: 'Sub-permissions',
    action: 'subPermissions',
    path: 'permissions/all/subPermissions',
    kind: 'result',
  },
  {
    slot: 'Import permissions',
    action: 'importPermissions',
    path: 'permissions/all/import',
    kind: 'objects',
  },
  { slot: 'Resources', action: 'resources', path: 'resources/all/resources', kind: 'result' },
]

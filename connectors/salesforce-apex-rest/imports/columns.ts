import type { ActionContext } from '../../../shared/host/context.ts'
import { ConnectorError } from '../../../shared/errors.ts'
import type { ImportColumn } from '../../../shared/lifecycle/imports/importColumn.ts'
import { apiName } from '../accounts/fields.ts'

/** What is read of something that a user refers to, or of the user's sign-in: in lower case, and where it is. */
const readAs = new Map<string, string | undefined>([
  ['userprofile', 'Profile.Name'],
  ['userrole', 'UserRole.Name'],
  ['userlicense', 'Profile.UserLicense.Name'],
  ['isfrozen', undefined],
])

/** A column, and the member of the context that asks for it. */
export interface NamedColumn extends ImportColumn {
  readonly member: string
}

/**
 * The fields that the host wants to have of each account, and the correlation field in any case. Throws `INVALID_INPUT` with
 * one sentence for all names that no field can have; which fields there are, the org says.
 */
export function importColumns({ ImportFields, CorrelationConfiguration }: ActionContext): NamedColumn[] {
  const correlation = CorrelationConfiguration?.AccountField?.trim() ?? ''
  const given = [
    ...(ImportFields ?? []).map((name) => [name.trim(), 'ImportFields'] as const),
    ...(correlation === '' ? [] : [[correlation, 'CorrelationConfiguration.AccountField'] as const]),
  ]
  const columns = new Map<string, NamedColumn>()
  const problems: string[] = []
  for (const [name, member] of given) {
    const column = apiName(name)
    if (column === undefined) problems.push(`${member} [${name.slice(0, 80)}] cannot be a field of User`)
    else if (!columns.has(name.toLowerCase()))
      columns.set(name.toLowerCase(), { ...toColumn(name, column), member })
  }
  if (problems.length > 0) throw new ConnectorError('INVALID_INPUT', problems.join('; ') + '.')
  return [...columns.values()]
}

/** Imports show a frozen user and a licence under the same names for every connector. */
function toColumn(name: string, column: string): ImportColumn {
  const key = name.toLowerCase()
  return { name, column: readAs.has(key) ? readAs.get(key) : column, constant: undefined }
}

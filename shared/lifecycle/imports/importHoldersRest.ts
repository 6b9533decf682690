import { log } from '../../log.ts'
import { type PermissionReference, permissionTypes } from '../permissions/access/permission.ts'
import { type Grantable, toPermissions } from '../permissions/listing/permissionList.ts'
import { offerByRest } from '../permissions/listing/permissionListRest.ts'
import { holderQueries, type Holders, walkHolders } from './permissionListing.ts'
import { fieldText } from '../../salesforce/rest/rowPages.ts'
import { type ImportedPermission, toImportedPermission } from './importedPermission.ts'
import type { ImportOrg } from './importOrg.ts'
import { importedUsers } from './importSelection.ts'

/**
 * Who holds what listPermissions lists, by SOQL. The users are chosen by the queries themselves, on the user that a row
 * refers to, so that no list of accounts has to be kept.
 */
export async function* holdersByQuery(org: ImportOrg): AsyncGenerator<ImportedPermission[], void, void> {
  const { settings, rest } = org
  const { grantable: offered, notes } = await offerByRest(rest, settings.permissionTypes)
  for (const note of notes) log('information', note)
  const names = new Map(
    toPermissions(offered).map(({ DisplayName, Identification }) => [key(Identification), DisplayName]),
  )
  const contents = await groupContents(org, offered)

  const types = settings.permissionTypes.filter((type) => offered.some(({ Type }) => Type === type))
  const features = offered.filter(({ Type }) => Type === 'FeatureLicense').map(({ Reference }) => Reference)
  const queries = holderQueries(types, features, (relation) => importedUsers(settings, relation))
  const unlisted = new Set<string>()
  for await (const holders of walkHolders(rest, queries)) {
    yield holders.flatMap((held) => {
      const name = names.get(key(held.permission))
      if (name === undefined) unlisted.add(key(held.permission))
      return name === undefined ? [] : toImportedPermission(held, name, descriptionOf(held, contents))
    })
  }
  if (unlisted.size > 0) {
    log(
      'information',
      `Left out: ${unlisted.size} permissions that users hold and that the list of permissions does not have`,
    )
  }
}

function key({ Type, Reference }: PermissionReference): string {
  return `${Type}:${Reference}`
}

/** What a group brings is not held directly: that it comes with the group is said there. */
function descriptionOf({ permission }: Holders, contents: ReadonlyMap<string, readonly string[]>): string {
  const sets = contents.get(permission.Reference)
  const { noun } = permissionTypes[permission.Type]
  return sets === undefined ? `Salesforce ${noun}` : `Salesforce ${noun} that brings ${sets.join(', ')}`
}

/** The labels of the permission sets in each permission set group. */
async function groupContents(
  { rest }: ImportOrg,
  offered: readonly Grantable[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const contents = new Map<string, string[]>()
  if (!offered.some(({ Type }) => Type === 'PermissionSetGroup')) return contents
  const soql = 'SELECT PermissionSetGroupId, PermissionSet.Label FROM PermissionSetGroupComponent ORDER BY Id'
  for await (const rows of rest.pages(soql)) {
    for (const row of rows) {
      const group = fieldText(row, 'PermissionSetGroupId')
      const sets = contents.get(group) ?? []
      contents.set(group, [...sets, fieldText(row, 'PermissionSet.Label')])
    }
  }
  return contents
}

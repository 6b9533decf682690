import { ConnectorError } from '../../../errors.ts'
import { isObject } from '../../../validate.ts'
import { isSameId } from '../../../salesforce/id.ts'
import { isFeatureField, type PermissionType, pluralOf } from '../access/permission.ts'
import type { Offer, Grantable } from './permissionList.ts'
import type { RestApi } from '../../../salesforce/rest/restApi.ts'
import { fieldText, type Row } from '../../../salesforce/rest/rowPages.ts'

/**
 * Profiles of these user types belong to no person (documented: User.UserType). The pilot leaves out the first two; the
 * third is Salesforce's own for its integrations.
 */
const impersonal: readonly string[] = ['Guest', 'AutomatedProcess', 'CloudIntegrationUser']

interface Source {
  readonly object: string
  readonly soql: string
  readonly types: readonly PermissionType[]
  readonly toGrantable: (row: Row) => Grantable | undefined
}

const sources: readonly Source[] = [
  {
    object: 'Profile',
    soql: 'SELECT Id, Name, UserType FROM Profile',
    types: ['Profile'],
    toGrantable: (row) =>
      impersonal.includes(fieldText(row, 'UserType')) ? undefined : grantable('Profile', row, 'Name'),
  },
  {
    // Type is Regular, Standard (Salesforce's own) or Session (in force in activated sessions only): all three are assigned
    // to users as such. Group is the aggregate behind a permission set group, Profile what a profile owns: neither can be
    // assigned (documented: PermissionSet.Type).
    object: 'PermissionSet',
    soql: "SELECT Id, Name, Label, Type FROM PermissionSet WHERE IsOwnedByProfile = false AND Type != 'Group'",
    types: ['PermissionSet'],
    toGrantable: (row) => grantable('PermissionSet', row, 'Label', 'Name'),
  },
  {
    object: 'PermissionSetGroup',
    soql: 'SELECT Id, DeveloperName, MasterLabel FROM PermissionSetGroup',
    types: ['PermissionSetGroup'],
    toGrantable: (row) => grantable('PermissionSetGroup', row, 'MasterLabel', 'DeveloperName'),
  },
  {
    object: 'PermissionSetLicense',
    soql: 'SELECT Id, DeveloperName, MasterLabel FROM PermissionSetLicense',
    types: ['PermissionSetLicense'],
    toGrantable: (row) => grantable('PermissionSetLicense', row, 'MasterLabel', 'DeveloperName'),
  },
  {
    object: 'UserRole',
    soql: 'SELECT Id, Name, DeveloperName FROM UserRole',
    types: ['Role'],
    toGrantable: (row) => grantable('Role', row, 'Name', 'DeveloperName'),
  },
  {
    object: 'Group',
    soql: "SELECT Id, Name, DeveloperName, Type FROM Group WHERE Type IN ('Regular', 'Queue')",
    types: ['PublicGroup', 'Queue'],
    toGrantable: (row) =>
      grantable(fieldText(row, 'Type') === 'Queue' ? 'Queue' : 'PublicGroup', row, 'Name', 'DeveloperName'),
  },
  {
    object: 'Territory2',
    soql: 'SELECT Id, Name, DeveloperName, Territory2ModelId FROM Territory2',
    types: ['Territory'],
    toGrantable: (row) => grantable('Territory', row, 'Name', 'DeveloperName'),
  },
]

/** The model whose territories users can be assigned to; an org has one at most (documented: Territory2Model.State). */
const activeModel = "SELECT Id FROM Territory2Model WHERE State = 'Active'"

function grantable(Type: PermissionType, row: Row, nameField: string, apiField?: string): Grantable {
  return {
    Reference: fieldText(row, 'Id'),
    Type,
    name: fieldText(row, nameField),
    apiName: apiField === undefined ? '' : fieldText(row, apiField),
  }
}

/**
 * Everything of these types that the org has, complete or not at all: a part that cannot be read throws. What the org has
 * not enabled is left out with a note.
 */
export async function offerByRest(rest: RestApi, types: readonly PermissionType[]): Promise<Offer> {
  const chosen = sources.filter((source) => source.types.some((type) => types.includes(type)))
  const isTerritoryChosen = types.includes('Territory')
  const queries: Record<string, string> = {
    ...Object.fromEntries(chosen.map(({ object, soql }) => [object, soql])),
    ...(isTerritoryChosen && { Territory2Model: activeModel }),
  }
  const rows: Readonly<Record<string, Row[] | undefined>> =
    chosen.length === 0 ? {} : await rest.read(queries)

  const notes: string[] = []
  const found = chosen.flatMap((source) => {
    const own = rows[source.object]
    if (own === undefined) notes.push(absence(source))
    const kept =
      source.object === 'Territory2' ? ofActiveModel(own ?? [], rows['Territory2Model'], notes) : own
    return (kept ?? []).map(source.toGrantable).filter((item) => item !== undefined)
  })
  if (types.includes('FeatureLicense')) found.push(...(await featureLicenses(rest)))
  return { grantable: found.filter(({ Type }) => types.includes(Type)), notes }
}

function absence({ object, types }: Source): string {
  return `This org has no ${types.map(pluralOf).join(' and ')} (${object} is not enabled): none are listed`
}

function ofActiveModel(
  territories: readonly Row[],
  models: readonly Row[] | undefined,
  notes: string[],
): Row[] {
  if (models === undefined) {
    if (territories.length > 0) {
      notes.push('Which territory model is active cannot be read: territories of all models are listed')
    }
    return [...territories]
  }
  return territories.filter((row) =>
    models.some((model) => isSameId(fieldText(model, 'Id'), fieldText(row, 'Territory2ModelId'))),
  )
}

/** The User's switches that this org exposes; which they are depends on what it has bought. */
async function featureLicenses(rest: RestApi): Promise<Grantable[]> {
  const { fields } = await rest.describe('User')
  if (!Array.isArray(fields) || fields.length === 0) {
    throw new ConnectorError('UNEXPECTED', 'Salesforce described User without its fields')
  }
  return fields
    .filter(isObject)
    .filter((field) => field['type'] === 'boolean' && isFeatureField(fieldText(field, 'name')))
    .map((field) => ({
      Reference: fieldText(field, 'name'),
      Type: 'FeatureLicense',
      name: fieldText(field, 'label'),
      apiName: fieldText(field, 'name'),
    }))
}

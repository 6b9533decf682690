import type { Description } from '../shared/salesforce/rest/description.ts'
import { type Finding, findingsOf } from './finding.ts'
import { type ExaminedOrg, isError, orError } from './examineOrg.ts'

/** Objects that exist where a feature is on (observed: baton-salesforce), and the type of permission that needs it. */
const features = [
  { label: 'permission set groups', object: 'PermissionSetGroup', type: 'PermissionSetGroup' },
  { label: 'permission set licences', object: 'PermissionSetLicense', type: 'PermissionSetLicense' },
  { label: 'public groups and queues', object: 'Group', type: 'PublicGroup' },
  { label: 'territories', object: 'Territory2', type: 'Territory' },
  { label: 'roles', object: 'UserRole', type: 'Role' },
] as const

/** What the org has of what it may have, and whether that is enough for the types of permission that were chosen. */
export async function examineFeatures(org: ExaminedOrg, description: Description): Promise<Finding[]> {
  const { settings, rest } = org
  const { ok, warning, stopped } = findingsOf('options', settings.language)
  const queries = Object.fromEntries(
    features.map(({ object }) => [object, `SELECT Id FROM ${object} LIMIT 1`]),
  ) as Record<(typeof features)[number]['object'], string>
  const rows = await orError(rest.readVisible(queries))
  if (isError(rows)) return [stopped('Features', rows, 'REFUSED')]
  // What is not shown is there: examineVisibility names the right that it takes.
  const states = features.map((feature) => ({ ...feature, isOn: rows[feature.object] !== undefined }))
  const licences = [...description.keys()].filter((name) => name.startsWith('userpermissions')).length
  const all = [
    ...states,
    { label: `feature licences (${licences})`, isOn: licences > 0 },
    { label: 'state and country picklists', isOn: description.has('countrycode') },
    { label: 'middle names', isOn: description.has('middlename') },
  ]
  const named = (isOn: boolean): string =>
    all
      .filter((feature) => feature.isOn === isOn)
      .map(({ label }) => label)
      .join(', ')
  const off = named(false)
  const chosen = org.hasChosenTypes
    ? states.filter(({ isOn, type }) => !isOn && settings.permissionTypes.includes(type))
    : []
  return [
    ok('Features', `on: ${named(true)}${off === '' ? '' : `; off: ${off}`}`),
    ...chosen.map(({ type, label }) =>
      warning('PermissionTypes', 'FEATURE_OFF', `${type} is chosen, and this org has no ${label}`),
    ),
  ]
}

import type { Action } from '../../shared/action/actions.ts'
import { createMissing, findMissing, resourceTypes } from '../../shared/salesforce/access/resource.ts'
import { resourceNames } from '../../shared/salesforce/access/resourceName.ts'
import { openOrg } from './org.ts'
import {
  checkRest,
  resourcesResult,
  sourceData,
} from '../../shared/provisioning/permissions/resourceResults.ts'

/** Creates the public groups or roles that the org lacks for the values of a contract field. */
export const action: Action = async (call) => {
  const org = openOrg(call)
  const { resourceType: type, resourceNamingRule: rule } = org.settings
  checkRest(org)
  const wanted = resourceNames(sourceData(call), rule, resourceTypes[type].maxLength)

  const missing = await findMissing(org.rest, type, wanted.names)
  const created = await createMissing(org.rest, type, missing)
  return resourcesResult(org, wanted, created)
}

import type { Call } from '../../../host/actions.ts'
import type { ActionResult } from '../../../host/result.ts'
import { createMissing, findMissing, resourceTypes } from './resource.ts'
import { resourceNames } from './resourceName.ts'
import type { Org } from '../../commonOrg.ts'
import { checkRest, resourcesResult, sourceData } from './resourceResults.ts'

/** Creates the public groups or roles that the org lacks for the values of a contract field. */
export async function createResources(call: Call, org: Org): Promise<ActionResult> {
  const { resourceType: type, resourceNamingRule: rule } = org.settings
  checkRest(org)
  const wanted = resourceNames(sourceData(call), rule, resourceTypes[type].maxLength)

  const missing = await findMissing(org.rest, type, wanted.names)
  const created = await createMissing(org.rest, type, missing)
  return resourcesResult(org, wanted, created)
}

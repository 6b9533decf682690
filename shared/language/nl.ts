import { accountTexts } from './nlAccounts.ts'
import { doctorTexts } from './nlDoctor.ts'
import { freezeTexts } from './nlFreezes.ts'
import { importTexts } from './nlImports.ts'
import { inputTexts } from './nlInput.ts'
import { networkTexts } from './nlNetwork.ts'
import { optionTexts } from './nlOptions.ts'
import { permissionTexts } from './nlPermissions.ts'
import { requestTexts } from './nlRequests.ts'
import { settingTexts } from './nlSettings.ts'
import { subPermissionTexts } from './nlSubPermissions.ts'
import type { Translation } from './templates.ts'

/** Every text of the connectors, and its Dutch. Salesforce's names of features stay English. */
export function dutchTexts(): Translation[] {
  return [
    ...accountTexts(),
    ...doctorTexts(),
    ...freezeTexts(),
    ...importTexts(),
    ...inputTexts(),
    ...networkTexts(),
    ...optionTexts(),
    ...permissionTexts(),
    ...requestTexts(),
    ...settingTexts(),
    ...subPermissionTexts(),
  ]
}

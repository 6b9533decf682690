import type { ImportStream } from '../../shared/host/importStream.ts'
import { holdersByQuery } from '../../shared/lifecycle/imports/importHoldersRest.ts'
import { openImport } from '../../shared/lifecycle/imports/importOrg.ts'
import { readSettings } from './configuration.ts'

/** Who holds what: of each permission of the configured types, the accounts that hold it themselves. */
export const importStream: ImportStream = async function* (call) {
  const org = openImport(call, readSettings(call.input.actionContext.Configuration))
  for await (const permissions of holdersByQuery(org))
    yield { objects: permissions, requests: org.requests() }
}

import type { ImportStream } from '../../shared/host/importStream.ts'
import { holdersByQuery } from '../../shared/lifecycle/imports/importHoldersRest.ts'
import { holdersOverScim } from './imports/importHoldersScim.ts'
import { openImport } from './imports/importOrg.ts'

/** Who holds what: of each permission of the configured types, the accounts that hold it themselves. */
export const importStream: ImportStream = async function* (call) {
  const org = openImport(call)
  const holders = org.settings.useRestApi ? holdersByQuery(org) : holdersOverScim(org)
  for await (const permissions of holders) yield { objects: permissions, requests: org.requests() }
}

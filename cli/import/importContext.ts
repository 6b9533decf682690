import { isObject, type JsonObject } from '../../shared/validate.ts'
import { type Connector, formDefaults, scriptOf } from '../lib/connector.ts'
import { defaultsMember, readContext } from '../lib/context.ts'
import { countRequests } from './importRun.ts'
import { runNode } from '../script/scriptProcess.ts'
import { parseOutput } from '../script/script.ts'
import type { CliEnvironment } from '../lib/cliEnvironment.ts'

/** A context, or settings alone; without either, the form's defaults, for the environment to complete. */
export async function givenContext(
  tool: CliEnvironment,
  connector: Connector,
  path: string | undefined,
): Promise<JsonObject> {
  if (path === undefined) {
    const Configuration = formDefaults(connector)
    return { actionContext: { Configuration }, [defaultsMember]: Object.keys(Configuration) }
  }
  const given = await readContext(tool, path)
  const names = Object.keys(given).map((name) => name.toLowerCase())
  const isContext = names.includes('actioncontext') || names.includes('configuration')
  return isContext ? given : { actionContext: { Configuration: given } }
}

export function settingsOf({ Configuration }: JsonObject): JsonObject {
  return isObject(Configuration) ? Configuration : {}
}

/** What imports of every connector show under the same names, where they may use the REST API: SCIM does not have it. */
type ShownByRest = 'isFrozen' | 'lastLoginDate' | 'userLicense'

/** Those of the names that an import with these settings can be asked for. */
export function shownByRest(
  names: readonly ShownByRest[],
  actionContext: JsonObject,
): readonly ShownByRest[] {
  const isRest = !/^false$/i.test(String(settingsOf(actionContext)['UseRestApi'] ?? true))
  return isRest ? names : []
}

/** Names by ids, and what it took to get them. */
export interface Names {
  readonly names: ReadonlyMap<string, string>
  readonly requests: number
}

/**
 * Names of profiles or roles by their ids, from the list of permissions; none where that cannot be had: a name is a
 * convenience, and without it the id is shown.
 */
export async function permissionNames(
  tool: CliEnvironment,
  connector: Connector,
  actionContext: JsonObject,
  type: 'Profile' | 'Role',
): Promise<Names> {
  if (!connector.actions.includes('listPermissions')) return noNames
  const Configuration = { ...settingsOf(actionContext), PermissionTypes: type }
  const script = scriptOf(tool.root, connector, 'listPermissions')
  try {
    const { stdout, stderr } = await runNode(script, JSON.stringify({ ...actionContext, Configuration }))
    const names = (parseOutput(stdout).Permissions ?? []).map(
      ({ DisplayName, Identification }) =>
        [Identification.Reference, DisplayName.replace(/^\w+: /, '')] as const,
    )
    return { names: new Map(names), requests: countRequests(stderr) }
  } catch {
    return noNames
  }
}

export const noNames: Names = { names: new Map(), requests: 0 }

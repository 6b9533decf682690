import { answer } from './runInProcess.ts'
import { type Run, runScript } from './process.ts'

export const flagship = 'salesforce-scim'
export const restConnector = 'salesforce-apex-rest'

/** The connectors: what both do by the same code, and what a host relies on with either, is tested with each. */
export const connectors = [flagship, restConnector] as const
export type Connector = (typeof connectors)[number]

/** Runs an action with a context. */
export type Perform = (action: string, context: unknown) => Promise<Run>

/** The action within the test's own process. */
export function inProcess(connector: Connector): Perform {
  return (action, context) => answer(action, context, connector)
}

/** The built script, as a process. */
export function started(connector: Connector): Perform {
  return (action, context) => runScript(action, context, { connector })
}

/**
 * The built script, of the flagship. The scripts are bundles of the same code with the same beginning and end: of the other
 * connector they are started where that is what a test is about, and in the full run.
 */
export function asBuilt(connector: Connector): Perform {
  return connector === flagship ? runScript : inProcess(connector)
}

import { accountScenarios } from './accountScenarios.ts'
import { listScenarios } from './listScenarios.ts'
import { permissionScenarios } from './permissionScenarios.ts'
import { toRestContext } from './restFieldNames.ts'
import { type Connector, connectors, type Scenario } from './scenario.ts'

/** Everything that is tried with a connector. */
export function scenariosOf(connector: Connector): Scenario[] {
  const all = [...accountScenarios, ...permissionScenarios, ...listScenarios]
  return connector === connectors[0]
    ? all.map((scenario) => ({ ...scenario, connector }))
    : all.filter(({ name }) => !name.includes('SCIM')).map((scenario) => overRest(scenario, connector))
}

/** Written and read back in one request: what the org undoes after its answer is not seen. A leaver is read once more. */
const inOneRequest = ['create', 'update', 'enable']

/** The same of the REST connector. It creates an account in one write, and looks after each write of a permission. */
function overRest({ trustsAnswer: _, ...scenario }: Scenario, connector: Connector): Scenario {
  const { action, context } = scenario
  return {
    ...scenario,
    connector,
    ...(context !== undefined && { context: toRestContext(context) as Scenario['context'] & object }),
    ...(inOneRequest.includes(action) && { trustsAnswer: true }),
    ...(action === 'create' && { onlyCreates: true }),
  }
}

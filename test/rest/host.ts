import type { Dialect, DialectName } from '../../simulator/dialect.ts'
import { answer } from '../answer.ts'
import { type Host, withHost } from '../lifecycle/host.ts'
import { runScript } from '../process.ts'

export const connector = 'salesforce-apex-rest'

/** A host with the REST connector as its target system: its built scripts as processes. */
export function withRest(
  dialect: DialectName | Partial<Dialect>,
  test: (host: Host) => Promise<void>,
): Promise<void> {
  return withHost(dialect, test, undefined, (action, context) => runScript(action, context, { connector }))
}

/** The same for a case of a table: its actions run in this process (see ../answer.ts). */
export function withRestCase(
  dialect: DialectName | Partial<Dialect>,
  test: (host: Host) => Promise<void>,
): Promise<void> {
  return withHost(dialect, test, undefined, (action, context) => answer(action, context, connector))
}

/** A joiner with what Salesforce requires. */
export const joiner = {
  Username: 'j.devries@acme.example',
  FirstName: 'Jan',
  LastName: 'de Vries',
  Email: 'jan.devries@acme.example',
  EmployeeNumber: '200001',
  FederationIdentifier: 'E200001',
  ProfileId: 'Standard User',
}

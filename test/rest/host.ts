import { answer } from '../answer.ts'
import { valuesOf } from '../lifecycle/connectors.ts'
import { lendBy } from '../lifecycle/host.ts'
import { runScript } from '../process.ts'

export const connector = 'salesforce-apex-rest'

const own = { name: connector, apiNames: {}, valuesOf }

/** A host with the REST connector as its target system, by its own names of fields: its built scripts as processes. */
export const withRest = lendBy((action, context) => runScript(action, context, { connector }), own)

/** The same for a case of a table: its actions run in this process (see ../answer.ts). */
export const withRestCase = lendBy((action, context) => answer(action, context, connector), own)

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

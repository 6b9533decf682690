import { inProcess, restConnector, started } from '../connectors.ts'
import { valuesOf } from '../lifecycle/hosts.ts'
import { lendBy } from '../lifecycle/host.ts'

const own = { name: restConnector, apiNames: {}, valuesOf }

/** A host with the REST connector as its target system, by its own names of fields: its built scripts as processes. */
export const withRest = lendBy(started(restConnector), own)

/** The same for a case of a table: its actions run in this process (see ../answer.ts). */
export const withRestCase = lendBy(inProcess(restConnector), own)

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

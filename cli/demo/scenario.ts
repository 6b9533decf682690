import { firstAccess, rehire, swappedAccess } from './accessScenario.ts'
import type { Stage } from '../../mapping/fieldMapping.ts'
import type { Person } from '../../mapping/mapFields.ts'
import type { ScenarioContext, Step } from './step.ts'
import type { ActionInput, ScriptRun } from '../script/script.ts'

/** A joiner, a mover and a leaver, with what a host does in between. */
export const scenario: readonly Step[] = [
  {
    title: 'Joiner, preview',
    says: 'What would happen: nobody has this external id yet, so an account would be created.',
    action: 'create',
    isDryRun: true,
    input: (cast) => create(cast, true),
    ends: { exitCode: 0, audit: 'CreateAccount', writes: false, correlated: false },
  },
  {
    title: 'Joiner',
    says: 'The same for real. The account is inactive until the first day. SCIM takes one phone number and no company name: the rest goes by REST.',
    saysOverRest:
      'The same for real. The account is inactive until the first day. Related reads share one composite request, and so do the write and its read-back.',
    action: 'create',
    isDryRun: false,
    input: (cast) => create(cast, false),
    ends: { exitCode: 0, audit: 'CreateAccount', writes: true, correlated: false },
  },
  {
    title: 'Joiner, once more',
    says: 'The host asks again, for instance after a time-out. The account is found and nothing is written.',
    action: 'create',
    isDryRun: false,
    input: (cast) => create(cast, false),
    ends: { exitCode: 0, audit: 'CorrelateAccount', writes: false, correlated: true },
  },
  {
    title: 'First day',
    says: 'The account is activated; from here on it holds a license.',
    action: 'enable',
    isDryRun: false,
    input: (cast, account) => about('enable', 'Enable', cast, cast.joiner, account),
    ends: { exitCode: 0, audit: 'EnableAccount', writes: true },
  },
  ...firstAccess,
  {
    title: 'Mover',
    says: 'Another department, another title, another mobile phone: only the differences are written.',
    action: 'update',
    isDryRun: false,
    input: (cast, account) => about('update', 'Update', cast, cast.mover, account),
    ends: { exitCode: 0, audit: 'UpdateAccount', writes: true },
  },
  {
    title: 'Mover, once more',
    says: 'The account agrees with the person already.',
    action: 'update',
    isDryRun: false,
    input: (cast, account) => about('update', 'Update', cast, cast.mover, account),
    ends: { exitCode: 0, audit: 'UpdateAccount', writes: false },
  },
  ...swappedAccess,
  {
    title: 'Leaver',
    says: 'Access ends: the account is frozen at once, and deactivated.',
    action: 'disable',
    isDryRun: false,
    input: (cast, account) => about('disable', 'Disable', cast, cast.mover, account),
    ends: { exitCode: 0, audit: 'DisableAccount', writes: true },
  },
  {
    title: 'Leaver, delete',
    says: 'Salesforce deletes no users. The account is inactive already, so there is nothing to write.',
    action: 'delete',
    isDryRun: false,
    input: (cast, account) => about('delete', 'Delete', cast, cast.mover, account),
    ends: { exitCode: 0, audit: 'DeleteAccount', writes: false },
  },
  rehire,
  {
    title: 'An account that is gone',
    says: 'An update of an account that the org does not have must fail, and say why.',
    action: 'update',
    isDryRun: false,
    input: (cast) => about('update', 'Update', cast, cast.mover, cast.stranger),
    ends: { exitCode: 1, audit: 'UpdateAccount', writes: false },
  },
]

/** Create looks for the person's account by its external id first, as HelloID's correlation would be set up. */
function create(cast: ScenarioContext, isDryRun: boolean): ActionInput {
  const externalId = String(cast.joiner['ExternalId'])
  return {
    actionContext: {
      Operation: 'create',
      DryRun: isDryRun,
      Configuration: cast.configuration,
      Data: cast.dataOf(cast.joiner, 'Create'),
      CorrelationConfiguration: {
        Enabled: true,
        PersonField: 'Person.ExternalId',
        PersonFieldValue: externalId,
        AccountField: cast.federationId,
        AccountFieldValue: externalId,
      },
      References: { Account: null, ManagerAccount: cast.manager },
    },
    personContext: { Person: cast.joiner },
  }
}

function about(
  operation: string,
  stage: Stage,
  cast: ScenarioContext,
  person: Person,
  account: string,
): ActionInput {
  return {
    actionContext: {
      Operation: operation,
      DryRun: false,
      Origin: 'enforcement',
      Configuration: cast.configuration,
      Data: cast.dataOf(person, stage),
      References: { Account: account, ManagerAccount: cast.manager },
    },
    personContext: { Person: person },
  }
}

/** What is other than the step says, in words; empty when it ended as it should. `writes` counts what changed the org. */
export function disagreements({ ends }: Step, { exitCode, output }: ScriptRun, writes: number): string[] {
  const audit = output.AuditLogs?.[0]?.Action
  return [
    exitCode === ends.exitCode ? '' : `exit code ${String(exitCode)} instead of ${ends.exitCode}`,
    output.Success === (ends.exitCode === 0) ? '' : `Success is ${String(output.Success)}`,
    audit === ends.audit ? '' : `the audit line is ${audit ?? 'missing'} instead of ${ends.audit}`,
    writes > 0 === ends.writes ? '' : `${writes} writes where ${ends.writes ? 'some' : 'none'} were expected`,
    ends.correlated === output.AccountCorrelated ? '' : 'AccountCorrelated is not as it should be',
  ].filter((text) => text !== '')
}

import type { ActionInput } from '../script/script.ts'
import type { AccessName, ScenarioContext, Step } from './step.ts'

interface Told {
  readonly title: string
  readonly says: string
  readonly saysOverRest?: string
  readonly name: AccessName
  readonly writes?: boolean
}

const grant = (told: Told): Step => change('grantPermission', 'GrantPermission', told)
const revoke = (told: Told): Step => change('revokePermission', 'RevokePermission', told)

function change(action: string, audit: string, { name, writes = true, ...told }: Told): Step {
  return {
    ...told,
    action,
    isDryRun: false,
    input: (cast, account) => aboutAccess(action, cast, account, name),
    ends: { exitCode: 0, audit, writes },
  }
}

function aboutAccess(action: string, cast: ScenarioContext, account: string, name: AccessName): ActionInput {
  const { DisplayName, Identification } = cast.access[name]
  return {
    actionContext: {
      Operation: action === 'grantPermission' ? 'grant' : 'revoke',
      DryRun: false,
      Origin: 'enforcement',
      Configuration: cast.configuration,
      PermissionDisplayName: DisplayName,
      References: { Account: account, Permission: Identification },
    },
    personContext: { Person: cast.joiner },
  }
}

/** The first day's access: each kind that a Salesforce user can hold, one at a time. */
export const firstAccess: readonly Step[] = [
  grant({
    title: 'Access: profile',
    says: 'The one profile is replaced, within its license.',
    name: 'profile',
  }),
  grant({ title: 'Access: role', says: 'A place in the hierarchy.', name: 'role' }),
  grant({
    title: 'Access: permission set',
    says: 'Added by SCIM; nothing else changes.',
    saysOverRest: 'Added; nothing else changes.',
    name: 'permissionSet',
  }),
  grant({
    title: 'Access: permission set license',
    says: 'A seat, counted before it is taken. The permission set group that comes next needs it.',
    name: 'permissionSetLicense',
  }),
  grant({
    title: 'Access: permission set group',
    says: 'SCIM does not have them: by REST.',
    saysOverRest: 'Several permission sets at once.',
    name: 'permissionSetGroup',
  }),
  grant({ title: 'Access: feature license', says: 'A switch of the user.', name: 'featureLicense' }),
  grant({
    title: 'Access: public group',
    says: "In Salesforce's own form of SCIM.",
    saysOverRest: 'What is shared with the group is shared with its members.',
    name: 'publicGroup',
  }),
  grant({
    title: 'Access: queue',
    says: 'By REST.',
    saysOverRest: 'Cases and leads that wait for whoever is there.',
    name: 'queue',
  }),
  grant({
    title: 'Access, once more',
    says: 'The account has the permission set already: success, and nothing is written.',
    name: 'permissionSet',
    writes: false,
  }),
]

/** The mover's access: one permission set for another. */
export const swappedAccess: readonly Step[] = [
  grant({ title: 'Mover, new access', says: 'What the new job needs.', name: 'otherPermissionSet' }),
  revoke({
    title: 'Mover, old access',
    says: 'What the old job needed. Everything else that the account holds stays.',
    name: 'permissionSet',
  }),
  revoke({
    title: 'Mover, old access once more',
    says: 'It is gone already: success, and nothing is written.',
    name: 'permissionSet',
    writes: false,
  }),
]

/** Permissions survive a deactivation: whoever comes back has them again, and the host may want to know. */
export const rehire: Step = {
  title: 'Rehire',
  says: 'The same account is enabled again. With OnEnable "report", the audit log names what it still holds. The 400 is how an org without territories answers the question for them.',
  action: 'enable',
  isDryRun: false,
  input: (cast, account) => ({
    actionContext: {
      Operation: 'enable',
      DryRun: false,
      Configuration: { ...cast.configuration, OnEnable: 'report' },
      References: { Account: account },
    },
    personContext: { Person: cast.mover },
  }),
  ends: { exitCode: 0, audit: 'EnableAccount', writes: true },
}

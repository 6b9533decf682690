import { type ActionResult, auditLine } from '../../host/result.ts'

/** A mapped value that another account has. */
export interface Collision {
  /** The field as the host knows it. */
  readonly name: string
  readonly value: string
  /** The id of one that has it; undefined where it is not known who. */
  readonly holder: string | undefined
}

/** The result of a uniqueness check; `userName` is the host's name of a user name that was looked for, if one was. */
export function uniqueness(collisions: readonly Collision[], userName: string | undefined): ActionResult {
  const NonUniqueFields = collisions.map(({ name }) => name)
  const AuditLogs = collisions.map(({ name, value, holder }) => {
    const who = holder === undefined ? 'another account' : `account [${holder}]`
    return auditLine(undefined, `${name} [${value}] is in use by ${who}`, false)
  })
  if (userName !== undefined && !NonUniqueFields.includes(userName)) {
    const text = `${userName} is free in this org; user names are unique across all Salesforce orgs, so that one can still be refused`
    AuditLogs.push(auditLine(undefined, text, false))
  }
  return { Success: true, NonUniqueFields, AuditLogs }
}

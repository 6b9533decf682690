import { ConnectorError } from '../../../shared/errors.ts'
import { noRoleFor } from '../../../shared/salesforce/userType.ts'

/** Throws `INVALID_INPUT` for a role of a user whose license has none: Salesforce would refuse it. */
export function checkRole(userType: string, role: string, nameOf: (field: string) => string): void {
  const reason = role === '' ? undefined : noRoleFor(userType)
  if (reason !== undefined)
    throw new ConnectorError('INVALID_INPUT', `Data.${nameOf('UserRoleId')}: ${reason}.`)
}

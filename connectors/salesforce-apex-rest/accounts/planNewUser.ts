import type { JsonObject } from '../../../shared/validate.ts'
import { toRecord } from '../../../shared/salesforce/rest/description.ts'
import type { Org } from '../org.ts'
import { placeColumns } from './compare.ts'
import { putContact } from './contact.ts'
import { checkValues, checkVisible } from './description.ts'
import type { Fields } from './fields.ts'
import { hostNames } from './mappedFields.ts'
import { newUser } from './newUser.ts'
import type { Surroundings } from './readCreateContext.ts'
import { putIds, userTypeOf } from './resolve.ts'
import { checkRole } from './role.ts'

/** The user that a create would make. */
export interface NewUserPlan {
  /** Values by the names of User's fields. */
  readonly desired: ReadonlyMap<string, string>
  /** The same values as REST wants them. */
  readonly record: JsonObject
  /** Columns that are read after the write. */
  readonly shown: readonly string[]
}

/** Plans a new user from what is mapped and what the org has. Throws in words for everything that Salesforce would refuse. */
export function planNewUser(
  org: Org,
  mapped: Fields,
  columns: readonly string[],
  { rows, description }: Surroundings,
): NewUserPlan {
  const { values: desired, problems } = newUser(org.settings, mapped)
  checkVisible(new Map([['ProfileId', ''], ...desired]), description)
  const unresolved = putIds(desired, rows)
  putContact(desired, org.settings, rows)
  // A field that is mapped without a value has to be there too: it is read afterwards.
  const named = new Map([...columns.map((name): [string, string] => [name, '']), ...desired])
  checkValues(named, description, org.writing('create'), hostNames(mapped), [...problems, ...unresolved])
  checkRole(userTypeOf(rows.profile), desired.get('UserRoleId') ?? '', hostNames(mapped))
  return {
    desired,
    record: toRecord(desired, description),
    shown: [...columns, ...desired.keys(), ...placeColumns(desired, description)],
  }
}

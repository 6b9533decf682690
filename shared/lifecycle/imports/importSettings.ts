import { ConnectorError } from '../../errors.ts'
import { checkId, idPrefix, toLongId } from '../../salesforce/id.ts'
import { nearest } from '../../validate.ts'

/** The types of user that people have: these SCIM lists (pilot). */
const personTypes = [
  'Standard',
  'PowerPartner',
  'PowerCustomerSuccess',
  'CustomerSuccess',
  'SelfService',
  'CspLitePortal',
  'CsnOnly',
] as const

/** The others (documented: User.UserType): they act for sites, processes and integrations, and SCIM does not list them. */
const otherTypes = ['Guest', 'AutomatedProcess', 'CloudIntegrationUser'] as const

/** A list, or a text with commas; every type that people have where nothing is chosen. */
export function readUserTypes(
  given: string | readonly string[] | undefined,
  useRestApi: boolean,
): readonly string[] {
  const names = (typeof given === 'string' ? given.split(/[,;\n]/) : (given ?? []))
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0) return personTypes
  const all: readonly string[] = [...personTypes, ...otherTypes]
  const chosen = new Set(
    names.map((name) => {
      const type = all.find((known) => known.toLowerCase() === name.toLowerCase())
      if (type !== undefined) return type
      const near = nearest(name, all)
      throw new ConnectorError(
        'MISCONFIGURED',
        `Configuration.ImportUserTypes [${name.slice(0, 80)}] is not a type of user: ${near === undefined ? `expected one or more of ${all.join(', ')}` : `is ${near} meant?`}`,
      )
    }),
  )
  const hidden = otherTypes.filter((type) => chosen.has(type))
  if (hidden.length > 0 && !useRestApi) {
    throw new ConnectorError(
      'MISCONFIGURED',
      `Configuration.ImportUserTypes: SCIM does not list users of type ${hidden.join(', ')}: set Configuration.UseRestApi`,
    )
  }
  return all.filter((type) => chosen.has(type))
}

/** The account behind which an import goes on, as an id of 18 characters. */
export function readResumeAfter(given: string | undefined): string | undefined {
  if (given === undefined) return undefined
  try {
    return toLongId(checkId(given, idPrefix.user, 'Configuration.ImportResumeAfter'))
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    throw new ConnectorError('MISCONFIGURED', error.message)
  }
}

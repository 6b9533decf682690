import { dialects } from './dialect.ts'
import type { Dialect, DialectName } from './dialect.ts'

/** Switches that take one of several words. */
type Choice = {
  [K in keyof Dialect]: Dialect[K] extends string ? K : never
}[keyof Dialect]

/** What they take, and switches with a few numbers: on the command line, a slip must not be a dialect that nobody has described. */
export const dialectChoices: { readonly [K in Choice]: readonly Dialect[K][] } & {
  readonly [K in keyof Dialect]?: readonly Dialect[K][]
} = {
  passwordFlow: ['allowed', 'blocked'],
  jwtFurthestExpiry: ['three-minutes', 'unlimited'],
  jwtMillisecondExpiry: ['accepted', 'refused'],
  unauthorizedShape: ['rest', 'scim'],
  unknownResource: ['resource-url', 'no-such-resource', 'pilot'],
  unsupportedVerb: [501, 405],
  patchDmlFailure: ['scim-409', 'rest-500'],
  arrayValueStatus: [400, 500],
  arrayValueShape: ['object', 'array'],
  countOverCap: ['cap', 'reject'],
  countZero: ['reject', 'empty'],
  startIndexZero: ['reject', 'as-one'],
  emptyUserList: ['no-resources', 'empty-resources'],
  emptyEntitlementList: ['empty-body', 'empty-resources'],
  entitlementList: ['capped', 'paged'],
  attributesParameter: ['honoured', 'ignored'],
  idFilter: ['accepted', 'rejected'],
  filterNames: ['case-sensitive', 'case-insensitive'],
  filterApostrophe: ['literal', 'breaks'],
  createStatus: [200, 201, 'by-body'],
  aliasUrnOnPost: ['both', '1.0', '2.0'],
  patchUserName: ['apply', 'ignore'],
  patchExternalId: ['apply', 'ignore'],
  patchPhoneNumbers: ['apply', 'ignore'],
  phoneReplace: ['keep-others', 'wipe-others'],
  patchPathScalar: ['reject', 'ignore', 'apply'],
  clearText: ['clears', 'ignored'],
  emailChange: ['pending', 'immediate'],
  patchAddHeldEntitlement: ['reject', 'ignore'],
  groupPatchAnswer: ['resource', 'empty'],
  groupReplace: ['replaces', 'wipes'],
  groupRemoveStranger: ['ignored', 'error-500'],
  grantToInactive: ['allowed', 'refused'],
  permissionSetLicenceOnGrant: ['required', 'assigned'],
  groupAssignmentRows: ['aggregate', 'components-too'],
  lineEnds: ['as-given', 'crlf', 'lf'],
  unseenCode: ['usual', 'INVALID_TYPE', 'INVALID_FIELD'],
  newPasswordDate: ['none', 'created'],
  numberAsText: ['refused', 'accepted'],
  compositeOverLimit: [200, 400],
  setupTypesInCollection: ['refused', 'failed', 'allowed'],
  sessionsInCollection: ['allowed', 'refused'],
  goneInCollection: ['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY'],
  apexRestBarePath: ['unmatched', 'matched'],
  apexRefusal: ['answered', 'uncaught'],
  directUserDml: ['allowed', 'refused'],
  serviceProviderConfigName: ['plural', 'singular'],
  profileUrlName: ['profileUrl', 'profileURL'],
  topLevelOr: ['accepted', 'refused'],
  filterMixing: ['left-to-right', 'refused'],
  patchUncaught: ['scim', 'apex-500'],
  removePath: ['listed', 'mapped'],
  groupPut: ['empty', 'not-found'],
  roleWrite: ['unsupported', 'not-found'],
  unlistedUser: ['empty-list', 'not-found'],
  goneRecord: ['NOT_FOUND', 'INVALID_CROSS_REFERENCE_KEY'],
  expiredAssignment: ['shown', 'hidden'],
  expiredExtension: ['revives', 'stays', 'refused'],
}

/**
 * A dialect of `--dialect` on the command line: a name, `switch=value`, or several of them one after the other, of which the
 * later counts. Throws an `Error` with one sentence.
 */
export function parseDialect(specs: readonly string[]): DialectName | Partial<Dialect> {
  const [only] = specs
  if (specs.length === 0) return 'documented'
  if (specs.length === 1 && only !== undefined && isDialect(only)) return only
  return Object.assign(
    {},
    ...specs.map((spec) => (isDialect(spec) ? dialects[spec] : parseSwitch(spec))),
  ) as Partial<Dialect>
}

function isDialect(name: string): name is DialectName {
  return Object.hasOwn(dialects, name)
}

function parseSwitch(spec: string): Partial<Dialect> {
  const at = spec.indexOf('=')
  const [name, text] = [spec.slice(0, at), spec.slice(at + 1)]
  const { documented } = dialects
  if (at < 0 || !Object.hasOwn(documented, name)) {
    const names = Object.keys(dialects).join(', ')
    throw new Error(`--dialect takes ${names} or switch=value, not "${spec}": --help lists the switches`)
  }
  const key = name as keyof Dialect
  const choices: readonly unknown[] | undefined = dialectChoices[key]
  const known = typeof documented[key] === 'boolean' ? [true, false] : choices
  if (known !== undefined) {
    const value = known.find((choice) => String(choice) === text)
    if (value !== undefined) return { [name]: value }
    throw new Error(`--dialect ${name} takes ${known.join(' or ')}, not "${text}"`)
  }
  if (text === 'null' && documented[key] !== undefined && typeof documented[key] !== 'number')
    return { [name]: null }
  if (/^-?\d{1,9}$/.test(text)) return { [name]: Number(text) }
  if (name === 'apexRestPath') return { [name]: text }
  throw new Error(`--dialect ${name} takes a whole number, not "${text}"`)
}

/** A line for each switch: what it takes, with what is documented first. */
export function dialectHelp(): string {
  return Object.entries(dialects.documented)
    .map(([name, value]) => {
      const choices: readonly unknown[] =
        typeof value === 'boolean' ? [true, false] : (dialectChoices[name as keyof Dialect] ?? ['another'])
      const others = choices.filter((choice) => choice !== value)
      return `  ${name}  ${[value, ...others].join(' | ')}`
    })
    .join('\n')
}

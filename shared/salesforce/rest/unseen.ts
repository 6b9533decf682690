import { type Language, TargetError } from '../../errors.ts'
import { withFinding } from '../errors/error.ts'
import {
  entryOf,
  hiddenSentence,
  optionalObjects,
  parentObjects,
  type RequiredRight,
  standardObjects,
  standardUserFields,
  userFields,
} from './requiredRights.ts'

/** A query that Salesforce refuses because of an object or field that it names, and what that means in this org. */
export class UnseenError extends TargetError {
  /** Whether the org's own description shows that it does not have it; otherwise the integration user is not shown it. */
  readonly isAbsent: boolean
  /** The rights of which one shows it, as Setup labels them; none where it is absent. */
  readonly rights: readonly string[]

  constructor(
    refusal: TargetError,
    isAbsent: boolean,
    message: string,
    advice: string | undefined,
    rights: readonly string[] = [],
  ) {
    const { status, faults, shape } = refusal
    const verdict = isAbsent
      ? { class: refusal.class, retry: refusal.retry, actor: refusal.actor }
      : ({ class: 'rights', retry: 'no', actor: 'Salesforce administrator' } as const)
    super(isAbsent ? refusal.code : 'FORBIDDEN', message, { status, faults, shape, verdict, advice })
    this.name = 'UnseenError'
    this.isAbsent = isAbsent
    this.rights = rights
  }
}

/** Whether the org does not have what a query names: its own list of objects or fields says so. */
export function isAbsent(error: unknown): boolean {
  return error instanceof UnseenError && error.isAbsent
}

/** Whether the integration user is not shown what a query names, or it cannot be told whether the org has it. */
export function isHidden(error: unknown): error is UnseenError {
  return error instanceof UnseenError && !error.isAbsent
}

/** Codes of refusals that are about a name. Which of the two comes for what a right hides is not documented. */
const codes: readonly string[] = ['INVALID_TYPE', 'INVALID_FIELD']

/** Refusals with those codes that are about something else (general knowledge for the texts). */
const otherReasons = /filter criterion|can ?not be (?:filtered|sorted|grouped)|duplicate field/i

/** Whether Salesforce refuses a name: nothing is said about whether the org has it. */
export function isNameRefused(error: unknown): boolean {
  return (
    error instanceof TargetError &&
    error.faults.some(({ errorCode, message }) => codes.includes(errorCode) && !otherReasons.test(message))
  )
}

/** Whether a query is refused because the integration user may not read what it names, as far as anybody can tell. */
export function isNotShown(error: TargetError): boolean {
  const refusals = ['INSUFFICIENT_ACCESS', 'INSUFFICIENT_ACCESS_OR_READONLY']
  return !isAbsent(error) && (isNameRefused(error) || refusals.some((code) => error.has(code)))
}

/** What the org says of itself: read only after a refusal. */
export interface OrgEvidence {
  /** Names of the objects that the org lists; undefined where the list cannot be read. */
  objects(): Promise<ReadonlySet<string> | undefined>
  /** Names of User's fields in lower case; undefined where the description cannot be read. */
  userFields(): Promise<ReadonlySet<string> | undefined>
  readonly language: Language
  /** `66.0` */
  readonly version: string
}

/** Assignments and permission set groups need this version of the API (documented: object reference). */
const leastVersion = 52

/**
 * What a refused query means. An object or field that every org has is hidden from the integration user, and the error
 * names the right that shows it. Of anything else the org's own description decides: a refusal alone is no evidence.
 * Errors about other things are given back as they are.
 */
export async function explainRefusal(error: unknown, soql: string, org: OrgEvidence): Promise<unknown> {
  if (!(error instanceof TargetError) || error instanceof UnseenError || !isNameRefused(error)) return error
  const { object, fields, isExact } = refusedName(error, soql)
  const standard = entryOf(standardObjects, object)
  if (standard === undefined) return aboutFeature(error, object, org)
  const [name, needed] = standard
  // An object or field that came with a later version is no matter of rights.
  if (name.startsWith('PermissionSet') && Number(org.version) < leastVersion) return error
  if (name === 'User' && fields.length > 0) return aboutUser(error, fields, isExact, org)
  const full = isExact && fields.length > 0 ? `${name}.${fields.join(', ')}` : name
  return hidden(error, full, needed, org)
}

/**
 * The error of a description that is not found: an object that every org has is hidden from the integration user, if the API
 * serves anything at all. `list` asks for the org's objects.
 */
export async function explainMissing(
  error: unknown,
  object: string,
  list: () => Promise<unknown>,
  language: Language,
): Promise<unknown> {
  const standard = entryOf(standardObjects, object)
  if (!(error instanceof TargetError) || error.status !== 404 || standard === undefined) return error
  return (await list()) instanceof Error ? error : hidden(error, standard[0], standard[1], { language })
}

/** Decided by the fields that the org describes, unless Salesforce names one that every org has. */
async function aboutUser(
  error: TargetError,
  fields: readonly string[],
  isExact: boolean,
  org: OrgEvidence,
): Promise<UnseenError> {
  const [exact] = isExact ? standardFields(fields) : []
  if (exact !== undefined) return hidden(error, `User.${exact[0]}`, exact[1], org)
  const described = await org.userFields()
  const missing = described && fields.filter((field) => !described.has(field.toLowerCase()))
  const [standard] = standardFields(missing ?? fields)
  if (standard !== undefined) return hidden(error, `User.${standard[0]}`, standard[1], org)
  if (missing !== undefined && missing.length > 0) {
    return new UnseenError(error, true, error.message, error.advice)
  }
  return hidden(error, `User.${fields.join(', ')}`, userFields, org)
}

function standardFields(fields: readonly string[]): (readonly [string, RequiredRight])[] {
  return fields.flatMap((field) => {
    const entry = entryOf(standardUserFields, field)
    return entry === undefined ? [] : [entry]
  })
}

/** Decided by the list of the org's objects. */
async function aboutFeature(error: TargetError, object: string, org: OrgEvidence): Promise<TargetError> {
  const [name, needed] = entryOf(optionalObjects, object) ?? []
  if (name === undefined || needed === undefined) return error
  const objects = await org.objects()
  return objects === undefined || objects.has(name)
    ? hidden(error, name, needed, org)
    : new UnseenError(error, true, error.message, error.advice)
}

function hidden(
  error: TargetError,
  name: string,
  needed: RequiredRight,
  { language }: Pick<OrgEvidence, 'language'>,
): UnseenError {
  const finding = hiddenSentence(name, needed, language)
  const { message } = withFinding(error, finding)
  return new UnseenError(error, false, message, finding, needed.rights)
}

interface RefusedName {
  readonly object: string
  /** Fields of it; empty where the object itself is refused. */
  readonly fields: readonly string[]
  /** Whether Salesforce names it; otherwise it is one of what the query names. */
  readonly isExact: boolean
}

/** The name in Salesforce's sentence (general knowledge for the forms), else everything that the query names. */
function refusedName({ faults }: TargetError, soql: string): RefusedName {
  const from = /\bFROM\s{1,8}(\w{1,80})/i.exec(soql)?.[1] ?? ''
  for (const { message } of faults) {
    const object = /sObject type '(\w{1,80})' is not supported/i.exec(message)?.[1]
    if (object !== undefined) return { object, fields: [], isExact: true }
    const parent = /understand relationship '(\w{1,80})'/i.exec(message)?.[1]
    if (parent !== undefined) return ofParent(parent, from)
    const column = /No such column '([\w.]{1,300})'(?: on (?:entity|sobject of type) '?(\w{1,80}))?/i.exec(
      message,
    )
    if (column !== null) return ofColumn(column[1] ?? '', column[2], from)
  }
  return { object: from, fields: from.toLowerCase() === 'user' ? fieldsIn(soql) : [], isExact: false }
}

function ofParent(parent: string, from: string): RefusedName {
  const [, object] = entryOf(parentObjects, parent) ?? []
  if (from.toLowerCase() === 'user' && entryOf(standardUserFields, `${parent}Id`) !== undefined) {
    return { object: 'User', fields: [`${parent}Id`], isExact: true }
  }
  return object === undefined
    ? { object: from, fields: [parent], isExact: true }
    : { object, fields: [], isExact: true }
}

function ofColumn(path: string, entity: string | undefined, from: string): RefusedName {
  const steps = path.split('.')
  const [parent] = steps
  if (parent !== undefined && steps.length > 1) return ofParent(parent, from)
  const isKnown =
    entity !== undefined &&
    (entryOf(standardObjects, entity) !== undefined || entryOf(optionalObjects, entity) !== undefined)
  return { object: isKnown ? entity : from, fields: [path], isExact: true }
}

const keywords = new Set(
  'select from where and or not in like order by asc desc nulls last first limit offset count null true false user'.split(
    ' ',
  ),
)

/** Every field of the object that a query names; of a parent's field the reference that leads to the parent. */
function fieldsIn(soql: string): string[] {
  const bare = soql.replace(/'(?:[^'\\]|\\.)*'/g, '')
  const names = [...bare.matchAll(/[A-Za-z]\w*(?:\.\w+)*/g)].map(([path]) => {
    const [first = '', ...more] = path.split('.')
    return more.length === 0 ? first : `${first}Id`
  })
  return [...new Set(names)].filter((name) => !keywords.has(name.toLowerCase()))
}

/**
 * The codes of everything that can go wrong, one for each reaction:
 *
 * - `INVALID_CONTEXT`  stdin is not a context at all: the host must change what it sends (exit 2)
 * - `INVALID_INPUT`    a value in the context cannot be used: mapping or reference must change
 * - `MISCONFIGURED`    a setting is missing, unknown or refused: the connector's administrator must change it
 * - `UNAUTHENTICATED`  the access token is not, or no longer, accepted
 * - `FORBIDDEN`        the integration user lacks a right
 * - `NOT_FOUND`        the thing asked for does not exist
 * - `NOT_UNIQUE`       the org has this value already, or more than one account matches
 * - `REJECTED`         Salesforce understood and refused: its sentence is shown
 * - `RATE_LIMITED`     a limit of the org's API or seats in time: waiting helps
 * - `UNAVAILABLE`      the network, a time-out, a 5xx: trying again later helps
 * - `UNEXPECTED`       an answer that makes no sense, or a mistake of ours
 */
export type ErrorCode =
  | 'INVALID_CONTEXT'
  | 'INVALID_INPUT'
  | 'MISCONFIGURED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'NOT_UNIQUE'
  | 'REJECTED'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'UNEXPECTED'

/** An error whose `message` is a sentence for an administrator: no secret, no stack, no JSON. */
export class ConnectorError extends Error {
  readonly code: ErrorCode
  /** Who has to act and whether repeating helps, where the connector itself found out what Salesforce would refuse. */
  readonly verdict: Verdict | undefined

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown; verdict?: Verdict }) {
    super(message, options)
    this.name = 'ConnectorError'
    this.code = code
    this.verdict = options?.verdict
  }
}

/** The languages in which this project's sentences about errors are written. */
export type Language = 'en' | 'nl'

/**
 * What kind of refusal a code of Salesforce, SCIM or OAuth is:
 *
 * - `transient`      Salesforce is not able to answer for now
 * - `lock`           another change holds the record or the group memberships
 * - `limit`          requests are used up
 * - `licence`        no seat is left, or the licence does not allow it
 * - `duplicate`      another record has the value
 * - `validation`     a value, or a rule of the org about values
 * - `rights`         the integration user may not do it
 * - `configuration`  a setting of the connector, the app or the org
 * - `blocked`        something else in Salesforce still needs the user as it is
 * - `unknown`        none of these can be told
 */
export type FaultClass =
  | 'transient'
  | 'lock'
  | 'limit'
  | 'licence'
  | 'duplicate'
  | 'validation'
  | 'rights'
  | 'configuration'
  | 'blocked'
  | 'unknown'

/**
 * Whether the same request may succeed when nobody has changed anything: `soon` within the action, after a pause; `later` in
 * a next run; `no` never. Whether it is safe to send a write twice is another question: the retry policy has it.
 */
export type Retry = 'soon' | 'later' | 'no'

/** Who has to act before it can succeed; `nobody` where time alone mends it. */
export type Actor =
  'nobody' | 'connector administrator' | 'Salesforce administrator' | 'customer automation' | 'HR data'

export interface Verdict {
  readonly class: FaultClass
  readonly retry: Retry
  readonly actor: Actor
}

/** One element of a list of errors, as Salesforce gave it: `DUPLICATE_USERNAME`, its text, the fields it names. */
export interface TargetFault {
  readonly errorCode: string
  readonly message: string
  readonly fields?: readonly string[]
}

/** Whether an error's body was SCIM's own, some other JSON of Salesforce's, or no JSON: a proxy's page, nothing at all. */
export type ErrorShape = 'scim' | 'json' | 'other'

/** An answer of Salesforce that says no. Every element of its error list is kept; the verdict is that of the first known one. */
export class TargetError extends ConnectorError implements Verdict {
  /** HTTP status of the answer. */
  readonly status: number
  readonly faults: readonly TargetFault[]
  readonly shape: ErrorShape
  readonly class: FaultClass
  readonly retry: Retry
  readonly actor: Actor
  /** What to do next, as the sentence has it too; undefined where nothing is known. */
  readonly advice: string | undefined

  constructor(
    code: ErrorCode,
    message: string,
    answer: {
      status: number
      faults: readonly TargetFault[]
      shape: ErrorShape
      verdict: Verdict
      advice?: string | undefined
    },
  ) {
    super(code, message)
    this.name = 'TargetError'
    this.status = answer.status
    this.faults = answer.faults
    this.shape = answer.shape
    this.class = answer.verdict.class
    this.retry = answer.verdict.retry
    this.actor = answer.verdict.actor
    this.advice = answer.advice
  }

  /** Whether any element of the error list carries this code. */
  has(errorCode: string): boolean {
    return this.faults.some((fault) => fault.errorCode === errorCode)
  }
}

/**
 * A request that got no complete answer.
 * `sent` is false only when it is certain that nothing of it left this process: only then is repeating a write safe.
 */
export class TransportError extends ConnectorError {
  readonly sent: boolean

  constructor(message: string, sent: boolean, options?: { cause?: unknown }) {
    super('UNAVAILABLE', message, options)
    this.name = 'TransportError'
    this.sent = sent
  }
}

/**
 * An error as the member of a log line, for programs: its code, and what is known of the answer of Salesforce that it is, or
 * that it was caused by.
 */
export function evidenceOf(error: unknown): { error?: object } {
  if (!(error instanceof ConnectorError)) return {}
  const { code } = error
  const answer = answerBehind(error)
  if (answer === undefined) return { error: { code, ...error.verdict } }
  const { status, faults, class: kind, retry, actor, advice } = answer
  return { error: { code, status, class: kind, retry, actor, advice, faults } }
}

function answerBehind(error: ConnectorError): TargetError | undefined {
  let cause: unknown = error
  while (cause instanceof ConnectorError && !(cause instanceof TargetError)) cause = cause.cause
  return cause instanceof TargetError ? cause : undefined
}

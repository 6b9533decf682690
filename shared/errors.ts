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

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ConnectorError'
    this.code = code
  }
}

/** One element of a list of errors, as Salesforce gave it: `DUPLICATE_USERNAME`, its text, the fields it names. */
export interface TargetFault {
  readonly errorCode: string
  readonly message: string
  readonly fields?: readonly string[]
}

/** Whether an error's body was SCIM's own, some other JSON of Salesforce's, or no JSON: a proxy's page, nothing at all. */
export type ErrorShape = 'scim' | 'json' | 'other'

/** An answer of Salesforce that says no. Every element of its error list is kept. */
export class TargetError extends ConnectorError {
  /** HTTP status of the answer. */
  readonly status: number
  readonly faults: readonly TargetFault[]
  readonly shape: ErrorShape

  constructor(
    code: ErrorCode,
    message: string,
    answer: { status: number; faults: readonly TargetFault[]; shape: ErrorShape },
  ) {
    super(code, message)
    this.name = 'TargetError'
    this.status = answer.status
    this.faults = answer.faults
    this.shape = answer.shape
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

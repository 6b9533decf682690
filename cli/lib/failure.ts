import type { ErrorCode } from '../../shared/errors.ts'
import type { ShownError } from '../script/scriptLog.ts'

/** Who has to act on a failure, and what to do first. */
export interface Remedy {
  readonly who: string
  readonly next: string
}

/** Where Salesforce's answer does not say more. */
const byCode: Readonly<Record<ErrorCode, Remedy>> = {
  INVALID_CONTEXT: {
    who: 'whoever wrote the context',
    next: 'Correct the member that the sentence names; samples/contexts has a sample for each action.',
  },
  INVALID_INPUT: {
    who: 'connector administrator',
    next: 'Correct the field mapping or the reference that the sentence names.',
  },
  MISCONFIGURED: {
    who: 'connector administrator',
    next: 'Correct the setting that the sentence names, in the context, in .env or in the environment.',
  },
  UNAUTHENTICATED: {
    who: 'connector administrator',
    next: 'Check the credentials, and the policies of the app in Setup > External Client App Manager.',
  },
  FORBIDDEN: {
    who: 'Salesforce administrator',
    next: 'Give the integration user the right that is missing.',
  },
  NOT_FOUND: {
    who: 'connector administrator',
    next: 'Check the reference: what it names may have been deleted in Salesforce.',
  },
  NOT_UNIQUE: {
    who: 'HR data',
    next: 'Find out which of the accounts is meant, and correct the other or the value.',
  },
  REJECTED: {
    who: 'Salesforce administrator',
    next: 'Do what the sentence says, in Salesforce Setup.',
  },
  RATE_LIMITED: { who: 'nobody', next: 'Wait, and run it again.' },
  UNAVAILABLE: {
    who: 'nobody',
    next: 'Check the address and the network, or wait, and run it again.',
  },
  UNEXPECTED: {
    who: 'the developer or supplier of the connector',
    next: 'Run it again with --log, and report what it shows.',
  },
}

/** Who has to act and what comes next: what is known of Salesforce's answer, else what the code stands for. */
export function remedyFor({ code, actor, advice }: ShownError): Remedy {
  const { who, next } = byCode[code]
  return { who: actor ?? who, next: advice ?? next }
}

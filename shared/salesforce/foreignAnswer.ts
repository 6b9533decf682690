import { ConnectorError, TargetError } from '../errors.ts'

/**
 * An answer that is about another account or record than the one that was asked for: a proxy or a cache mixes up answers, so
 * that nothing it says can be believed. A write that is answered so is neither repeated nor taken for carried out.
 */
export class ForeignAnswerError extends ConnectorError {
  /** Both with the name of the field that tells them apart: `Id [005…]`. */
  constructor(requested: string, answered: string) {
    super(
      'UNEXPECTED',
      `the answer is about another account or record: the request was about ${requested}, and the answer is about ${answered}. Nothing more was written. Have whoever runs the proxy or the cache between this connector and Salesforce find out why it mixes up answers, and run this again`,
      { verdict: { class: 'unknown', retry: 'later', actor: 'connector administrator' } },
    )
    this.name = 'ForeignAnswerError'
  }
}

/** A name and its value for a sentence, the value cut to what a line can hold. */
export function named(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return `${name} [${text.slice(0, 80)}]`
}

/** Whether an answer could not be understood, so that another route may show what it does not. */
export function isUnclear(error: unknown): error is ConnectorError {
  if (error instanceof ForeignAnswerError || error instanceof TargetError) return false
  return error instanceof ConnectorError && error.code === 'UNEXPECTED'
}

import type { Context } from '../context.ts'
import { DmlError, PlainError, RestError, ScimError } from '../errors.ts'

/**
 * Runs a write; what the org's rules refuse becomes SCIM's 409, whatever the cause. Pilot: for every create and PUT; observed: for a
 * missing profile.
 */
export function asConflict<T>(verb: 'Insert' | 'Update', id: string | undefined, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof DmlError) throw new ScimError(409, error.sentence(verb, id))
    if (error instanceof RestError) throw new ScimError(409, `${error.code}:${error.message};`)
    throw error
  }
}

/** The same for a PATCH, where the pilot does not catch the failure and Apex answers 500. */
export function asPatchFailure<T>(context: Context, id: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RestError) throw new ScimError(400, `${error.code}:${error.message};`)
    if (!(error instanceof DmlError)) throw error
    if (context.dialect.patchDmlFailure === 'scim-409') throw new ScimError(409, error.sentence('Update', id))
    throw uncaughtApex(`System.DmlException: ${error.sentence('Update', id)}`)
  }
}

/** An exception of Apex that nobody caught. Observed: 500 with REST's array. */
export function uncaughtApex(message: string): PlainError {
  return new PlainError(500, [{ errorCode: 'APEX_ERROR', message }])
}

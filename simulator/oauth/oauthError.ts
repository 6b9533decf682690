import { PlainError } from '../errors.ts'

/** An OAuth error: 400 with the two members of RFC 6749 (documented; texts observed, see each). */
export function oauthError(error: string, description: string): PlainError {
  return new PlainError(400, { error, error_description: description })
}

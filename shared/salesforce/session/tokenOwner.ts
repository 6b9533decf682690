import type { Credentials } from './signIn.ts'

/** Whose token it is: the credentials, where they sign in, and the org. */
export interface TokenOwner {
  readonly signInUrl: URL
  readonly baseUrl: URL
  readonly credentials: Credentials
}

/**
 * All that it is, secrets too, so never to be shown or stored: who has the wrong ones is refused by Salesforce, also while
 * others are signed in.
 */
export function secretKeyOf({ signInUrl, baseUrl, credentials }: TokenOwner): string {
  return JSON.stringify([signInUrl.href, baseUrl.origin, credentials])
}

/** The same without any secret: hosts, app, user and flow. */
export function publicKeyOf({ signInUrl, baseUrl, credentials }: TokenOwner): string {
  const { flow, clientId } = credentials
  const user = 'userName' in credentials ? credentials.userName : ''
  return JSON.stringify([signInUrl.href, baseUrl.origin, clientId, user, flow])
}

import { ConnectorError } from '../../errors.ts'
import { log } from '../../log.ts'
import { isSameId } from '../../salesforce/id.ts'

/** What knows which user the connector signs in as; undefined where the sign-in does not tell. */
interface SignedIn {
  ownId(): Promise<string | undefined>
}

/**
 * Throws where the account is the integration user's own: a connector that disables, strips or changes the user it signs in
 * as locks itself out. Costs no request: the sign-in tells who it is.
 */
export async function refuseOwnAccount(org: SignedIn, account: string): Promise<void> {
  const own = await org.ownId()
  if (own === undefined || !isSameId(own, account)) return
  throw new ConnectorError(
    'INVALID_INPUT',
    `account [${account}] is the integration user that this connector signs in as, and the connector never changes its own user. Take the account out of what the connector manages (unlink it from the person), and leave it to the Salesforce administrator`,
  )
}

/** Says in the log of an import which account is the integration user's own. */
export async function logOwnAccount(org: SignedIn): Promise<void> {
  const own = await org.ownId()
  if (own === undefined) return
  log('information', `Account [${own}] is the integration user: do not link it to a person`, {
    integrationUser: own,
  })
}

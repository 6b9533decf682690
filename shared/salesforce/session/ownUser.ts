import { ConnectorError } from '../../errors.ts'
import { log } from '../../log.ts'
import { idPrefix, isId } from '../id.ts'
import type { Session } from './session.ts'
import type { Credentials } from './signIn.ts'

/**
 * The id of the user that the connector signs in as. The sign-in tells it, and the token cache keeps it; where an answer did
 * not, the user name that was signed in with is looked up once. Undefined where neither tells.
 */
export function ownUser(
  session: Session,
  credentials: Credentials,
  findByUserName: (userName: string) => Promise<readonly string[]>,
): () => Promise<string | undefined> {
  let found: Promise<string | undefined> | undefined
  const lookUp = async (): Promise<string | undefined> => {
    if (!('userName' in credentials) || credentials.userName === '') return undefined
    try {
      const ids = await findByUserName(credentials.userName)
      const [id] = ids
      return id !== undefined && ids.length === 1 && isId(id, idPrefix.user) ? id : undefined
    } catch (error) {
      if (!(error instanceof ConnectorError)) throw error
      log('warning', `Which user the connector signs in as cannot be read: ${error.message}`)
      return undefined
    }
  }
  return async () => {
    const told = await session.userId()
    if (told !== undefined) return told
    found ??= lookUp()
    return found
  }
}

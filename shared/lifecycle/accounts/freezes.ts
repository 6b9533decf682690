import { ConnectorError } from '../../errors.ts'
import { log } from '../../log.ts'
import { readFreezeState, readLogin, setFrozen, type UserLogin } from './freeze.ts'
import { isId, isSameId } from '../../salesforce/id.ts'
import { keyedQuery } from '../../salesforce/rest/keyedQuery.ts'
import { fieldText } from '../../salesforce/rest/rowPages.ts'
import { type ActionResult, auditLine } from '../../host/result.ts'
import type { Org } from '../commonOrg.ts'

/** A freeze that enable lifts. */
export interface LiftableFreeze {
  readonly login: UserLogin
  /** Who froze the account, where it was not this connector. */
  readonly foreignAuthor: string | undefined
}

interface Author {
  readonly isOwn: boolean
  /** Who it is and when, in words; undefined where it cannot be told. */
  readonly words: string | undefined
}

/**
 * The freeze that enable has to lift; undefined where the account is not frozen. Throws, before anything is written, where
 * that cannot be read, and where somebody else froze the account: an administrator, or Salesforce itself to contain an
 * attack (documented: help 005318944).
 */
export async function readLiftableFreeze(
  org: Org,
  account: string,
  isActive: boolean,
): Promise<LiftableFreeze | undefined> {
  if (!org.settings.useRestApi) return undefined
  const login = await readLoginToEnable(org, account)
  if (!login.isFrozen) return undefined
  const { isOwn, words } = await findAuthor(org, login)
  if (isOwn) return { login, foreignAuthor: undefined }
  if (org.settings.unfreezeForeign)
    return { login, foreignAuthor: words ?? 'somebody whom Salesforce does not show' }
  throw new ConnectorError('REJECTED', foreignFreeze(account, isActive, words, await org.ownId()))
}

async function readLoginToEnable(org: Org, account: string): Promise<UserLogin> {
  const context = `whether account [${account}] is frozen cannot be read, so that it is not enabled`
  let login: UserLogin | undefined
  try {
    login = await readLogin(org.rest, account)
  } catch (error) {
    if (error instanceof ConnectorError) error.message = `${context}: ${error.message}`
    throw error
  }
  if (login !== undefined) return login
  throw new ConnectorError(
    'FORBIDDEN',
    `${context}: Salesforce shows no sign-in (UserLogin) of it. Give the integration user the right Manage Users (Setup > Permission Sets > System Permissions); a user without a sign-in, such as a guest, cannot be enabled by this connector`,
  )
}

function foreignFreeze(
  account: string,
  isActive: boolean,
  words: string | undefined,
  own: string | undefined,
): string {
  const isLeft = isActive ? 'the freeze stays' : 'the freeze stays, and the account stays inactive'
  if (words === undefined) {
    return `account [${account}] is frozen, and Salesforce does not show who froze it (UserLogin.LastModifiedById): ${isLeft}. Give the integration user the right Manage Users (Setup > Permission Sets > System Permissions), or have a Salesforce administrator unfreeze the account (Setup > Users > Users > Unfreeze), and run this again`
  }
  const unknownSelf = own === undefined ? '. The sign-in did not tell which user the connector itself is' : ''
  return `account [${account}] was frozen by ${words}, and this connector lifts only its own freezes: ${isLeft}${unknownSelf}. Have a Salesforce administrator find out why it was frozen and unfreeze it (Setup > Users > Users > Unfreeze), and run this again. If it was frozen by the integration user of an earlier connector, name that user in Configuration.FormerIntegrationUsers; Configuration.UnfreezeForeign lifts every freeze`
}

/** Who froze an account: the id is compared first, so that nothing is read for a freeze of this connector. */
async function findAuthor(org: Org, { changedBy, changedAt }: UserLogin): Promise<Author> {
  if (changedBy === undefined) return { isOwn: false, words: undefined }
  const { formerIntegrationUsers: former } = org.settings
  const own = await org.ownId()
  const ids = [...(own === undefined ? [] : [own]), ...former.filter((user) => isId(user))]
  if (ids.some((id) => isSameId(id, changedBy))) return { isOwn: true, words: undefined }
  const { name, userName } = await readNames(org, changedBy)
  const isFormer = former.some((user) => user.toLowerCase() === userName.toLowerCase())
  const who = [name, userName, changedBy].filter((text) => text !== '').join(', ')
  const when = changedAt === undefined ? '' : ` on ${changedAt}`
  return { isOwn: userName !== '' && isFormer, words: `[${who}]${when}` }
}

/** Empty where the integration user may not see them: the id is shown then. */
async function readNames(org: Org, user: string): Promise<{ name: string; userName: string }> {
  try {
    const rows = await org.rest.query(keyedQuery('Id, Name, Username', 'User', { Id: user }))
    const [row] = rows
    return { name: fieldText(row, 'Name'), userName: fieldText(row, 'Username') }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    log('warning', `The name of the user [${user}] cannot be read: ${error.message}`)
    return { name: '', userName: '' }
  }
}

/** A note for an account that somebody else froze before disable did: none where it cannot be told, or was this connector. */
export async function noteForeignFreeze(org: Org, login: UserLogin | undefined): Promise<string[]> {
  if (login?.isFrozen !== true) return []
  const { isOwn, words } = await findAuthor(org, login)
  if (isOwn || words === undefined) return []
  const later = org.settings.unfreezeForeign ? '' : ', and enable will not lift it'
  return [`It was already frozen by ${words}: that freeze is left as it is${later}`]
}

/** Freezes or unfreezes, and reads back whether it stayed so. */
export async function changeFreeze(
  org: Org,
  account: string,
  login: UserLogin,
  isFrozen: boolean,
): Promise<void> {
  await setFrozen(org.rest, login, isFrozen)
  if (org.isPreview) return
  const after = await readBackFreeze(org, account)
  if (after === isFrozen) return
  const problem =
    after === undefined
      ? `whether the account is ${isFrozen ? 'frozen' : 'still frozen'} cannot be read afterwards. Run this again`
      : `the account is ${isFrozen ? 'not frozen' : 'still frozen'}: something else in the org changes it`
  throw new ConnectorError('REJECTED', `Salesforce accepted the request, but ${problem}`)
}

/** Whether an account is frozen; undefined where that cannot be read. */
export async function readBackFreeze(org: Org, account: string): Promise<boolean | undefined> {
  if (!org.settings.useRestApi) return undefined
  try {
    return (await readFreezeState(org.rest, account))?.isFrozen
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    log('warning', `Whether the account is frozen cannot be read: ${error.message}`)
    return undefined
  }
}

/** The result with a line that the account is frozen, where it is; nothing is claimed where that cannot be read. */
export async function withFreezeNote(
  org: Org,
  account: string,
  action: 'CorrelateAccount' | 'UpdateAccount',
  result: ActionResult,
): Promise<ActionResult> {
  if ((await readBackFreeze(org, account)) !== true) return result
  const text = `Account [${account}] is frozen: nobody can sign in with it until it is unfrozen`
  return { ...result, AuditLogs: [...result.AuditLogs, auditLine(action, text, false)] }
}

import { TargetError } from '../../shared/errors.ts'
import type { ConnectorFacts } from '../../doctor/examine.ts'
import { type Finding, findingsOf } from '../../doctor/finding.ts'
import { type ExaminedOrg, isError, orError } from '../../doctor/examineOrg.ts'
import { fieldText } from '../../shared/salesforce/rest/rowPages.ts'
import { isNameRefused } from '../../shared/salesforce/rest/unseen.ts'
import { externalUserTypes } from './accounts/contact.ts'
import { apiName, notWritten } from './accounts/fields.ts'
import { readSettings, type Settings } from './configuration.ts'

/** What the examination of an org has to know of this connector. */
export const facts: ConnectorFacts<Settings> = {
  speaksScim: false,
  readSettings,
  destinationOf(field) {
    const userField = apiName(field)
    if (userField === undefined) return { unknown: true, nearest: undefined }
    return notWritten.includes(userField) ? { isWritten: false } : { userField }
  },
  furtherUserTypes: ({ contactBackedUsers }) => (contactBackedUsers ? externalUserTypes : []),
  async examineOptions(org, settings) {
    return [
      ...(await examineApexRest(org, settings)),
      ...(await examineTransfer(org, settings)),
      ...(settings.contactBackedUsers ? [await examineContacts(org)] : []),
      ...(settings.endSessionsOnDisable ? [await examineSessions(org)] : []),
    ]
  },
}

/** A GET that the class does not offer: 405 says that it is there, 404 that it is not (observed; documented for Apex REST). */
async function examineApexRest(
  { session }: ExaminedOrg,
  { apexRestPath, language }: Settings,
): Promise<Finding[]> {
  if (apexRestPath === undefined) return []
  const { ok, failed, stopped } = findingsOf('options', language)
  // With its final slash, as users are written.
  const path = `/services/apexrest/${apexRestPath}/`
  const answer = await orError(session.request({ method: 'GET', path }))
  const isThere = !isError(answer) || (answer instanceof TargetError && answer.status === 405)
  if (isThere) return [ok('ApexRestPath', `${path} is there`)]
  return answer instanceof TargetError && (answer.status === 404 || answer.status === 403)
    ? [failed('ApexRestPath', 'APEX_REST_NOT_FOUND', `${path} is not there for the integration user`)]
    : [stopped('ApexRestPath', answer, 'REFUSED')]
}

async function examineTransfer(
  { rest }: ExaminedOrg,
  { transferRecords, language }: Settings,
): Promise<Finding[]> {
  const { ok, failed, stopped } = findingsOf('options', language)
  const findings: Finding[] = []
  for (const object of transferRecords) {
    const rows = await orError(rest.query(`SELECT OwnerId FROM ${object} LIMIT 1`))
    findings.push(
      !isError(rows)
        ? ok('TransferRecords', `${object} has owners`)
        : isNameRefused(rows)
          ? failed('TransferRecords', 'OBJECT_NOT_TRANSFERABLE', `${object} has no owner, or is not shown`)
          : stopped('TransferRecords', rows, 'REFUSED'),
    )
  }
  return findings
}

async function examineContacts({ rest, settings }: ExaminedOrg): Promise<Finding> {
  const { ok, stopped } = findingsOf('options', settings.language)
  const rows = await orError(rest.query('SELECT Id FROM Contact LIMIT 1'))
  return isError(rows)
    ? stopped('ContactBackedUsers', rows, 'CONTACTS_NOT_VISIBLE')
    : ok('ContactBackedUsers', 'contacts can be read')
}

async function examineSessions({ rest, settings }: ExaminedOrg): Promise<Finding> {
  const { ok, failed, stopped } = findingsOf('options', settings.language)
  const reads = {
    sessions: 'SELECT Id FROM AuthSession LIMIT 1',
    tokens: 'SELECT UserId FROM OauthToken LIMIT 1',
  }
  const rows = await orError(rest.read(reads, () => false))
  if (isError(rows)) return stopped('EndSessionsOnDisable', rows, 'SESSIONS_NOT_VISIBLE')
  // Documented (object reference, OauthToken): who lacks it sees the own tokens alone, and no error.
  const right = 'PermissionsCustomizeApplication'
  const rights = await orError(rest.query(`SELECT ${right} FROM UserPermissionAccess`))
  return !isError(rights) && fieldText(rights[0], right) === 'false'
    ? failed('EndSessionsOnDisable', 'SESSIONS_NOT_VISIBLE', 'tokens of others are not shown')
    : ok('EndSessionsOnDisable', 'sessions and tokens can be read')
}

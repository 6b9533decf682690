import { ConnectorError, TargetError, type Verdict } from '../../errors.ts'
import { log } from '../../log.ts'
import { isObject } from '../../validate.ts'
import { withFinding } from '../errors/error.ts'
import type { ApiRequest, Session } from '../session/session.ts'

/** Documented (help 000354473, 005321531): versions 21.0 to 30.0 are retired, and answer 410. */
const leastVersion = 31

/**
 * Documented (object reference): PermissionSetAssignment has ExpirationDate and IsActive in version 52.0 and later, and
 * PermissionSetGroupId in 45.0 and later. Without them it cannot be told whether an assignment is in force.
 */
const leastAssignmentVersion = 52

/** Documented (help 005321531): versions 31.0 to 40.0 are retired in Summer '28. */
const lastRetiringVersion = 40

/** When the versions up to `lastRetiringVersion` end. */
export const retirement = "Summer '28"

/** The version that is used where none is configured. */
export const defaultVersion = '66.0'

/** Throws `MISCONFIGURED` for a version that Salesforce has retired: it would refuse every request. */
export function checkNotRetired(version: string): void {
  if (Number(version) >= leastVersion) return
  throw new ConnectorError(
    'MISCONFIGURED',
    `Configuration.ApiVersion ${version} is retired: Salesforce refuses versions below ${leastVersion}.0, and permissions need ${leastAssignmentVersion}.0 or later. Set Configuration.ApiVersion to ${defaultVersion}.`,
  )
}

/** Whether a version is one that Salesforce has announced the end of. */
export function isRetiring(version: string): boolean {
  return Number(version) <= lastRetiringVersion
}

/** Why permissions cannot be read or written in this version; undefined where they can. */
export function assignmentVersionProblem(version: string): string | undefined {
  return Number(version) >= leastAssignmentVersion
    ? undefined
    : `Configuration.ApiVersion ${version} is too old for permissions: permission set assignments need ${leastAssignmentVersion}.0 or later (ExpirationDate, IsActive). Set Configuration.ApiVersion to ${defaultVersion}`
}

/** Throws `MISCONFIGURED` where this version cannot read or write permission set assignments. */
export function checkAssignmentVersion(version: string): void {
  const problem = assignmentVersionProblem(version)
  if (problem !== undefined) throw new ConnectorError('MISCONFIGURED', problem)
}

/** Warns in the log of a version whose end Salesforce has announced. */
export function warnOfRetirement(version: string): void {
  if (!isRetiring(version)) return
  log(
    'warning',
    `Salesforce retires Configuration.ApiVersion ${version} in ${retirement}: set it to ${defaultVersion}`,
  )
}

/** The path and the queries of a request, those of its parts among them. */
function addressesOf({ path, query, body }: ApiRequest): string[] {
  const parts: unknown = isObject(body) ? body['compositeRequest'] : undefined
  const urls = (Array.isArray(parts) ? parts : []).map((part: unknown) =>
    isObject(part) && typeof part['url'] === 'string' ? decodeURIComponent(part['url']) : '',
  )
  return [path, ...Object.values(query ?? {}), ...urls]
}

/** Whether a request reads or writes permission sets, their groups and licenses, or assignments of them. */
function isAboutAssignments(request: ApiRequest): boolean {
  return addressesOf(request).some((address) => /\bPermissionSet/.test(address))
}

/**
 * The same session, which tells a version of the API that the org does not know from a thing that does not exist: both are
 * a 404. It refuses, before anything is sent, what concerns permission set assignments in a version that is too old for them.
 * `version` is as in the address: `66.0`.
 */
export function withVersionCheck(session: Session, version: string): Session {
  return {
    ...session,
    async request(request) {
      if (isAboutAssignments(request)) checkAssignmentVersion(version)
      try {
        return await session.request(request)
      } catch (error) {
        if (!(error instanceof TargetError) || !isVersionStatus(error.status) || isAboutRecord(request))
          throw error
        const newest = await newestOtherThan(session, version)
        if (newest === undefined) throw error
        throw withFinding(
          error,
          `Configuration.ApiVersion ${version} is not known to this org: the newest that it supports is ${newest}`,
          { code: 'MISCONFIGURED', verdict: misconfigured },
        )
      }
    },
  }
}

/** 404 for a version that is not there yet, 410 for one that is retired (documented: API end of life). */
function isVersionStatus(status: number): boolean {
  return status === 404 || status === 410
}

/** A record that is not there is no matter of the version. */
function isAboutRecord({ path }: ApiRequest): boolean {
  return /\/sobjects\/\w+\/[a-zA-Z0-9]{15,18}$/.test(path)
}

const misconfigured: Verdict = { class: 'configuration', retry: 'no', actor: 'connector administrator' }

/** The newest version of the org; undefined if the org knows `version`, or does not tell. */
async function newestOtherThan(session: Session, version: string): Promise<string | undefined> {
  let json: unknown
  try {
    ;({ json } = await session.request({ method: 'GET', path: '/services/data' }))
  } catch (error) {
    if (error instanceof ConnectorError) return undefined
    throw error
  }
  const versions = (Array.isArray(json) ? json : [])
    .filter(isObject)
    .flatMap((item) => (typeof item['version'] === 'string' ? item['version'] : []))
  if (versions.length === 0 || versions.includes(version)) return undefined
  return versions.reduce((a, b) => (Number(b) > Number(a) ? b : a))
}

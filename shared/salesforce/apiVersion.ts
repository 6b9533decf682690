import { ConnectorError, TargetError } from '../errors.ts'
import { isObject } from '../validate.ts'
import type { ApiRequest, Session } from './session/session.ts'

/**
 * The same session, which tells a version of the API that the org does not know from a thing that does not exist: both are
 * a 404. `version` is as in the address: `66.0`.
 */
export function tellingVersions(session: Session, version: string): Session {
  return {
    ...session,
    async request(request) {
      try {
        return await session.request(request)
      } catch (error) {
        if (!(error instanceof TargetError) || error.status !== 404 || isAboutRecord(request)) throw error
        throw (await unknownVersion(session, version)) ?? error
      }
    },
  }
}

/** A record that is not there is no matter of the version. */
function isAboutRecord({ path }: ApiRequest): boolean {
  return /\/sobjects\/\w+\/[a-zA-Z0-9]{15,18}$/.test(path)
}

async function unknownVersion(session: Session, version: string): Promise<ConnectorError | undefined> {
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
  const newest = versions.reduce((a, b) => (Number(b) > Number(a) ? b : a))
  return new ConnectorError(
    'MISCONFIGURED',
    `Configuration.ApiVersion ${version} is not known to this org: the newest that it supports is ${newest}`,
  )
}

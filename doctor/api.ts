import { type ConnectorError, TargetError } from '../shared/errors.ts'
import { isObject } from '../shared/validate.ts'
import { assignmentVersionProblem, isRetiring, retirement } from '../shared/salesforce/rest/apiVersion.ts'
import { type Finding, findingsOf, saidBy } from './finding.ts'
import { type ExaminedOrg, isDisabled, isError, orError } from './examineOrg.ts'

/** What the APIs came to. */
export interface Apis {
  readonly findings: readonly Finding[]
  readonly hasRest: boolean
  /** Why the rest of the examination cannot be made, where the REST API answers. */
  readonly problem?: string
  readonly hasScim: boolean
}

/** Releases of Salesforce, three a year, after which a version may end (documented: API end-of-life policy). */
const supportedReleases = 9

/** Whether the APIs answer, in the version that is wanted, and how much of them is left. */
export async function examineApis(org: ExaminedOrg, speaksScim: boolean): Promise<Apis> {
  const { settings, session } = org
  const { ok, skipped, failed, warning, stopped } = findingsOf('API', settings.language)
  const findings: Finding[] = []
  const base = `/services/data/v${settings.apiVersion}`

  const limits = settings.useRestApi
    ? await orError(session.request({ method: 'GET', path: `${base}/limits` }))
    : undefined
  const scim = speaksScim ? await examineScim(org) : undefined

  if (isDisabled(limits) && (scim === undefined || isDisabled(scim))) {
    return { findings: [failed('API', 'API_DISABLED', saidBy(limits))], hasRest: false, hasScim: false }
  }
  const problem = assignmentVersionProblem(settings.apiVersion)
  const ending = `Salesforce retires ApiVersion ${settings.apiVersion} in ${retirement}`
  const isKnown = org.versions.includes(settings.apiVersion)
  if (limits === undefined) findings.push(skipped('REST', 'UseRestApi is false'))
  else if (!isKnown) {
    const newest = newestOf(org.versions)
    const message = `ApiVersion ${settings.apiVersion} is not known to this org: the newest is ${newest}`
    findings.push(failed('REST version', 'API_VERSION_UNKNOWN', message))
  } else if (isDisabled(limits)) findings.push(failed('REST', 'REST_DISABLED', saidBy(limits)))
  else if (isError(limits)) findings.push(stopped('REST', limits, 'REFUSED'))
  else {
    const newest = newestOf(org.versions)
    const isOld = Number(newest) - Number(settings.apiVersion) > supportedReleases
    const text = `${settings.apiVersion}, the newest is ${newest}`
    findings.push(
      problem !== undefined
        ? failed('REST version', 'API_VERSION_TOO_OLD', problem)
        : isOld
          ? warning('REST version', 'API_VERSION_OLD', text)
          : ok('REST version', text),
      ...(isRetiring(settings.apiVersion) ? [warning('REST version', 'API_VERSION_ENDS', ending)] : []),
      ...usage(org, limits.json),
    )
  }
  if (isDisabled(scim)) findings.push(failed('SCIM', 'SCIM_DISABLED', saidBy(scim)))
  else if (isError(scim)) findings.push(stopped('SCIM', scim, 'REFUSED'))
  else if (scim !== undefined) findings.push(...scim)

  return {
    findings,
    hasRest: limits !== undefined && isKnown && !isError(limits),
    hasScim: scim !== undefined && !isError(scim),
    ...(problem !== undefined && { problem }),
  }
}

/** What SCIM can do here, and whether it shows users. */
async function examineScim({ session, settings }: ExaminedOrg): Promise<Finding[] | ConnectorError> {
  const { ok, failed, stopped } = findingsOf('API', settings.language)
  const get = (path: string, query: Record<string, string> = {}) =>
    orError(session.request({ method: 'GET', path: `/services/scim/v2/${path}`, query }))
  const plural = await get('ServiceProviderConfigs')
  // documented (identity_scim_implementation) and observed: the plural; pilot and RFC 7644: the singular
  const isElsewhere = plural instanceof TargetError && plural.status === 404
  const config = isElsewhere ? await get('ServiceProviderConfig') : plural
  if (isError(config)) return config
  const { json } = config
  const has = (feature: string): boolean => {
    const value = isObject(json) ? json[feature] : undefined
    // Salesforce sends the texts "true" and "false" elsewhere in SCIM's own documents (pilot).
    return isObject(value) && String(value['supported']) === 'true'
  }
  const missing = ['patch', 'filter'].filter((feature) => !has(feature))
  if (missing.length > 0) {
    return [failed('SCIM', 'SCIM_INCOMPLETE', `this service has no ${missing.join(' and no ')}`)]
  }
  const filter = isObject(json) ? json['filter'] : undefined
  const most = isObject(filter) ? Number(filter['maxResults']) : Number.NaN
  const pages = Number.isFinite(most) ? `, pages of ${most}` : ''
  const absent = ['bulk', 'sort', 'etag'].filter((feature) => !has(feature))
  const without = absent.length > 0 ? `; without ${absent.join(', ')}, which nothing here needs` : ''
  const users = await get('Users', { startIndex: '1', count: '1' })
  return [
    ok('SCIM', `2.0 with PATCH and filters${pages}${without}`),
    isError(users)
      ? stopped('SCIM users', users, 'REFUSED')
      : ok('SCIM users', `${count(users.json)} are shown`),
  ]
}

function count(json: unknown): string {
  const total = isObject(json) ? Number(json['totalResults']) : Number.NaN
  return Number.isFinite(total) ? String(total) : 'some'
}

function usage({ settings }: ExaminedOrg, json: unknown): Finding[] {
  const { ok, warning, failed, skipped } = findingsOf('API', settings.language)
  if (!isObject(json))
    return [failed('REST', 'REFUSED', 'the REST API answers with nothing that it promises')]
  const daily = json['DailyApiRequests']
  const most = isObject(daily) ? Number(daily['Max']) : Number.NaN
  const left = isObject(daily) ? Number(daily['Remaining']) : Number.NaN
  if (!(most > 0) || !Number.isFinite(left))
    return [skipped('API requests', 'Salesforce does not tell how many are left')]
  const percent = Math.floor((left / most) * 100)
  const text = `${left} of ${most} are left for 24 hours (${percent} %)`
  if (left === 0) return [failed('API requests', 'API_REQUESTS_USED_UP', text)]
  return [
    percent < settings.apiReservePercent
      ? warning('API requests', 'API_REQUESTS_LOW', text)
      : ok('API requests', text),
  ]
}

function newestOf(versions: readonly string[]): string {
  return versions.reduce((a, b) => (Number(b) > Number(a) ? b : a), '0.0')
}

import type { Call } from '../../../host/actions.ts'
import { type ActionResult, auditLine, type AuditLog } from '../../../host/result.ts'
import { ConnectorError } from '../../../errors.ts'
import { type ResourceOutcome, resourceTypes } from './resource.ts'
import type { ResourceNames } from './resourceName.ts'
import type { Org } from '../../commonOrg.ts'

/** The host's values; one that stands alone is a list of one, as PowerShell hands over such lists. */
export function sourceData({ input }: Call): readonly unknown[] {
  const entry = Object.entries(input.resourceContext ?? {}).find(
    ([name]) => name.toLowerCase() === 'sourcedata',
  )
  const value: unknown = entry?.[1]
  if (value === undefined || value === null) {
    throw new ConnectorError(
      'INVALID_INPUT',
      'resourceContext.SourceData is missing: expected the values of a contract field as a list',
    )
  }
  return Array.isArray(value) ? (value as unknown[]) : [value]
}

/** Throws where the settings leave no way: SCIM reads and updates groups, and only reads roles. */
export function checkRest({ settings }: Org): void {
  if (settings.useRestApi) return
  const { noun } = resourceTypes[settings.resourceType]
  throw new ConnectorError('MISCONFIGURED', `SCIM cannot create a ${noun}: set Configuration.UseRestApi`)
}

/** A line for each that was created or was not, and one for all that the org had already. */
export function resourcesResult(
  { settings, isPreview }: Org,
  { names, nameless }: ResourceNames,
  outcomes: readonly ResourceOutcome[],
): ActionResult {
  const { noun } = resourceTypes[settings.resourceType]
  const say = (text: string, isError = false): AuditLog => auditLine('CreateResource', text, isError)
  const failureFor = (name: string, reason: string): AuditLog =>
    say(`Could not create ${noun} [${name}]. Error: ${reason}`, true)

  const existing = names.length - outcomes.length
  const lines = outcomes.map(({ name, id, error }) => {
    if (isPreview) return say(`[DryRun] Would create ${noun} [${name}]`)
    if (id !== undefined) return say(`Create ${noun} [${name}] was successful. Reference is: [${id}]`)
    return failureFor(name, error?.message ?? 'Salesforce did not say why')
  })
  lines.push(...nameless.map(({ shown, reason }) => failureFor(shown, reason)))
  if (existing > 0)
    lines.push(say(`Skipped ${existing} of ${names.length} ${noun}s. Reason: they exist already`))
  if (lines.length === 0) lines.push(say(`Skipped creating ${noun}s. Reason: the source data has no values`))
  return { Success: lines.every(({ IsError }) => !IsError), AuditLogs: lines }
}

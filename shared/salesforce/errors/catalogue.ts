import type { ErrorCode, FaultClass, TargetFault } from '../../errors.ts'
import { accessCodes, accessForms } from './catalogueAccess.ts'
import { blockerCodes, blockerForms } from './catalogueBlockers.ts'
import type { CatalogueEntry, TextForm } from './catalogueEntry.ts'
import { explainField, integrityForms } from './catalogueIntegrity.ts'
import { limitCodes, limitForms } from './catalogueLimits.ts'
import { scimCodes } from './catalogueScim.ts'
import { customerCodes, valueCodes } from './catalogueValues.ts'

/** All codes of Salesforce and SCIM that are known. A map: `constructor` and `__proto__` are no codes. */
export const catalogue: ReadonlyMap<string, CatalogueEntry> = new Map(
  [limitCodes, valueCodes, accessCodes, blockerCodes, scimCodes].flatMap((table) => Object.entries(table)),
)

/** What Salesforce tells by its text. The first that fits counts. */
export const textForms: readonly TextForm[] = [
  ...limitForms,
  ...integrityForms,
  ...blockerForms,
  ...accessForms,
]

const customersOwn: ReadonlySet<string> = new Set(Object.keys(customerCodes))

/**
 * What a fault means: by its text where Salesforce's own text says more than the code, then by the field it names, else by
 * the code. Undefined if none is known.
 */
export function explain(fault: TargetFault, status: number): CatalogueEntry | undefined {
  return (
    explainText(fault, status) ??
    explainField(fault.errorCode, fault.fields ?? []) ??
    catalogue.get(fault.errorCode)
  )
}

function explainText({ errorCode, message }: TargetFault, status: number): CatalogueEntry | undefined {
  if (customersOwn.has(errorCode)) return undefined
  for (const { form, only, advice, ...entry } of textForms) {
    if (only?.errorCode !== undefined && only.errorCode !== errorCode) continue
    if (only?.status !== undefined && only.status !== status) continue
    const match = form.exec(message)
    if (match === null) continue
    const fill = (text: string): string =>
      text.replace(/\$<(\w+)>/g, (_, name: string) => (match.groups?.[name] ?? '').trim())
    return { ...entry, advice: { en: fill(advice.en), nl: fill(advice.nl) } }
  }
  return undefined
}

const codeOfClass: Readonly<Record<Exclude<FaultClass, 'unknown'>, ErrorCode>> = {
  transient: 'UNAVAILABLE',
  lock: 'UNAVAILABLE',
  limit: 'RATE_LIMITED',
  licence: 'REJECTED',
  duplicate: 'NOT_UNIQUE',
  validation: 'REJECTED',
  rights: 'FORBIDDEN',
  configuration: 'MISCONFIGURED',
  blocked: 'REJECTED',
}

/** Our reaction to what a code means; where that is not known, the status of the answer decides. */
export function codeOf(entry: Pick<CatalogueEntry, 'class' | 'code'> | undefined, status: number): ErrorCode {
  if (entry?.code !== undefined) return entry.code
  return entry === undefined || entry.class === 'unknown' ? codeOfStatus(status) : codeOfClass[entry.class]
}

/** Without a known code, the status of the answer decides. */
export function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'UNAUTHENTICATED'
  if (status === 403) return 'FORBIDDEN'
  if (status === 404) return 'NOT_FOUND'
  if (status === 420 || status === 429) return 'RATE_LIMITED'
  if (status === 408 || (status >= 500 && status !== 501)) return 'UNAVAILABLE'
  return status >= 400 ? 'REJECTED' : 'UNEXPECTED'
}

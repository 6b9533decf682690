import { ConnectorError } from '../../../errors.ts'
import { isObject, type JsonObject, nearest } from '../../../validate.ts'
import { member, valueAt } from '../../person.ts'

const described = [
  'Location',
  'CostCenter',
  'CostBearer',
  'Employer',
  'Team',
  'Division',
  'Title',
  'Organization',
].flatMap((name) => [`${name}.ExternalId`, `${name}.Code`, `${name}.Name`])

/** What every contract of the host can have (documented: contract-schema); a host may leave out what is empty. */
const standardFields = [
  'ExternalId',
  'StartDate',
  'EndDate',
  'Type.Code',
  'Type.Description',
  'Details.Fte',
  'Details.HoursPerWeek',
  'Details.Percentage',
  'Details.Sequence',
  ...described,
  'Department.ExternalId',
  'Department.DisplayName',
  'Manager.ExternalId',
  'Manager.DisplayName',
]

/**
 * A rule filled in for one contract: `HelloID_{Department.ExternalId}` gives `HelloID_SAL`; undefined where a field that it
 * names is empty. A text without braces stands for itself.
 */
export function fillIn(rule: string, contract: JsonObject): string | undefined {
  let isComplete = true
  const filled = rule.replace(placeholder, (_all, path: string) => {
    const value = textAt(contract, path.trim())
    if (value === '') isComplete = false
    return value
  })
  return isComplete ? filled.trim() : undefined
}

const placeholder = /\{([^{}]+)\}/g

/**
 * Throws `MISCONFIGURED` for a field that no contract can have: a slip in a name would look like a field that is empty
 * everywhere, and take everybody's access away.
 */
export function checkFields(rule: string, setting: string, contracts: readonly JsonObject[]): void {
  const fail = (problem: string): never => {
    throw new ConnectorError('MISCONFIGURED', `Configuration.${setting} ${problem}.`)
  }
  if (/[{}]/.test(rule.replace(placeholder, ''))) {
    fail('has a brace that is not closed or not opened: expected {Department.ExternalId}')
  }
  for (const [, given = ''] of rule.matchAll(placeholder)) {
    const path = given.trim()
    const isStandard = standardFields.some((name) => name.toLowerCase() === path.toLowerCase())
    if (isStandard || /^custom\.\w/i.test(path) || contracts.some((contract) => has(contract, path))) continue
    if (contracts.length === 0) continue
    const near = nearest(path, standardFields)
    fail(
      `names [${path.slice(0, 80)}], which no contract has${near === undefined ? '' : `: is ${near} meant?`}`,
    )
  }
}

function has(contract: JsonObject, path: string): boolean {
  const names = path.split('.')
  const last = names.pop() ?? ''
  const parent = names.length === 0 ? contract : valueAt(contract, names.join('.'))
  return member(parent, last) !== undefined
}

function textAt(contract: JsonObject, path: string): string {
  const value = valueAt(contract, path)
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (!isObject(value)) return ''
  throw new ConnectorError(
    'MISCONFIGURED',
    `[${path}] of a contract has parts: name one of them, such as ${path}.${Object.keys(value)[0] ?? 'ExternalId'}.`,
  )
}

import type { Call } from '../../../shared/host/actions.ts'
import { readReference } from '../../../shared/lifecycle/reference.ts'
import { isObject, type JsonObject } from '../../../shared/validate.ts'
import { createProblemList } from '../../../shared/problems.ts'
import { tooManyFields } from '../../../shared/lifecycle/accounts/mostFields.ts'
import type { Settings } from '../configuration.ts'
import {
  apiName,
  createFit,
  type Fields,
  type MappedData,
  notWritten,
  problemWith,
  readFields,
} from './fields.ts'

/** The fields that the host wants written: its Data, and the manager's account where Data has none. */
export function mappedFields({ input }: Call): Fields {
  const { Data, References } = input.actionContext
  const mapped = new Map([...readFields(Data)].filter(([name]) => !notWritten.includes(name)))
  const managerAccount = References?.ManagerAccount
  const hasManager = managerAccount !== undefined && managerAccount !== ''
  if (hasManager && (mapped.get('ManagerId')?.value ?? '') === '') {
    const value = readReference(managerAccount, 'References.ManagerAccount')
    mapped.set('ManagerId', { name: mapped.get('ManagerId')?.name ?? 'ManagerId', value })
  }
  return mapped
}

/**
 * The call of an action that writes no field, with what of its Data can be shown: a leaver must not stay for the sake of the
 * mapping. `tell` gets a sentence for the rest.
 */
export function reportable(call: Call, tell: (problem: string) => void = () => undefined): Call {
  const { actionContext } = call.input
  const taken = new Set<string>()
  const problems = createProblemList((count) => `Data has ${count} more members that cannot be read`)
  const fits = createFit()
  const given = Object.entries(actionContext.Data ?? {}).filter(([name, value]) => {
    const problem = problemWith(name, value, taken)
    if (problem !== undefined) problems.add(() => problem)
    return problem === undefined
  })
  const Data = Object.fromEntries(given.filter(([name]) => fits(name)))
  const left = given.length - Object.keys(Data).length
  if (left > 0) problems.add(() => tooManyFields(given.length))
  for (const sentence of problems.sentences()) tell(sentence)
  const { ManagerAccount: _, ...References } = actionContext.References ?? {}
  return { ...call, input: { ...call.input, actionContext: { ...actionContext, Data, References } } }
}

/** The fields that the host wants to be told: those of Data, and those that a pre-filled result asks for. */
export function requestedFields({ input }: Call): Fields {
  const prefilled = input.outputContext?.['Data']
  const own = readFields(emptied(Object.keys(input.actionContext.Data ?? {})))
  const taken = new Set([...own.keys()].map((name) => name.toLowerCase()))
  // It may spell a name otherwise than Data does, or ask for what no field can be called.
  const fits = createFit([...taken])
  const others = Object.keys(isObject(prefilled) ? prefilled : {}).filter((given) => {
    const name = apiName(given)?.toLowerCase()
    const isNew = name !== undefined && !taken.has(name) && fits(name)
    if (isNew) taken.add(name)
    return isNew
  })
  return new Map([...own, ...readFields(emptied(others))])
}

function emptied(names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, null]))
}

/** The columns that the fields are read from: of a profile and a role also the names. */
export function columnsOf(...all: readonly Fields[]): string[] {
  const names = all.flatMap((fields) => [...fields.keys()])
  return [...new Set(names)].filter((name) => name !== 'Id')
}

/** The columns, and the names of what two of them refer to: a query can read those with them. */
export function withNames(columns: readonly string[]): string[] {
  return [
    ...columns,
    ...(columns.includes('ProfileId') ? ['Profile.Name'] : []),
    ...(columns.includes('UserRoleId') ? ['UserRole.Name'] : []),
  ]
}

/** The values of the fields as texts, by API name. */
export function valuesOf(fields: Fields): Map<string, string> {
  return new Map([...fields].map(([name, { value }]: [string, MappedData]) => [name, value]))
}

/** The name that the host knows a field by. */
export function hostNames(fields: Fields): (field: string) => string {
  return (field) => fields.get(field)?.name ?? field
}

/** The values that refer to something else, the configured ones among them. */
export function referredTo(mapped: Fields, { defaultProfile }: Settings): Map<string, string> {
  const values = valuesOf(mapped)
  if ((values.get('ProfileId') ?? '') === '' && defaultProfile !== undefined) {
    values.set('ProfileId', defaultProfile)
  }
  return values
}

import { type FieldMapping, parseFieldMapping } from '../../mapping/fieldMapping.ts'

/** One action of a field: `value` as it is before it becomes JSON in a string. */
export interface ActionSource {
  readonly mode: string
  readonly value: unknown
  readonly stages?: readonly string[]
}

/** The text of a mapping with one field. */
export function mappingText(name: string, actions: readonly ActionSource[], type = 'Text'): string {
  return JSON.stringify({
    Version: 'v1',
    MappingFields: [
      {
        Name: name,
        Type: type,
        MappingActions: actions.map(({ mode, value, stages = ['Create'] }) => ({
          MapForActions: stages,
          MappingMode: mode,
          Value: JSON.stringify(value),
          UsedInNotifications: false,
          StoreInAccountData: false,
        })),
      },
    ],
    UniqueFieldNames: [],
  })
}

/** A mapping of one field, for Create. */
export function mappingOf(
  mode: string,
  value: unknown,
  { name = 'field', type = 'Text' } = {},
): FieldMapping {
  return parseFieldMapping(mappingText(name, [{ mode, value }], type))
}

/** The fields of all mappings in one. */
export function joined(...mappings: readonly FieldMapping[]): FieldMapping {
  return {
    Version: 'v1',
    MappingFields: mappings.flatMap(({ MappingFields }) => MappingFields),
    UniqueFieldNames: [],
  }
}

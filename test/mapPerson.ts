import { openMapper } from '../cli/map/mapper.ts'
import { type FieldMapping, MappingError, type Stage } from '../mapping/fieldMapping.ts'
import { type Data, type MappedField, type Mapper, nestFields, type Person } from '../mapping/mapFields.ts'
import { root } from './process.ts'

const mappers = new Map<FieldMapping, Mapper>()

// A process that waits for scripts would keep the tests from ending.
afterAll(() => {
  for (const mapper of mappers.values()) mapper.close()
  mappers.clear()
})

/** Maps one person with the built engine; one process for each mapping, for all tests of a file. */
export async function mapFields(
  person: Person,
  mapping: FieldMapping,
  stage: Stage,
  iteration = 0,
): Promise<readonly MappedField[]> {
  const mapper = mappers.get(mapping) ?? openMapper(root, mapping)
  mappers.set(mapping, mapper)
  const [fields = []] = await mapper.map([{ person, stage, iteration }])
  return fields
}

/** Maps one person into `Data`. Throws a `MappingError` for the first field that fails. */
export async function mapPerson(
  person: Person,
  mapping: FieldMapping,
  stage: Stage,
  iteration = 0,
): Promise<Data> {
  const fields = await mapFields(person, mapping, stage, iteration)
  for (const { name, fault } of fields) if (fault !== undefined) throw new MappingError(name, fault)
  return nestFields(fields)
}

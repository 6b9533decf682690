import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TimeLimits } from '../../mapping/engine/engine.ts'
import type { FieldMapping } from '../../mapping/fieldMapping.ts'
import { Mapper } from '../../mapping/mapFields.ts'

/** A mapper with the engine of this package. Its user closes it. */
export function openMapper(root: string, mapping: FieldMapping, limits?: TimeLimits): Mapper {
  return new Mapper(
    mapping,
    () => readFileSync(join(root, 'dist', 'cli', 'mappingEngine.cjs'), 'utf8'),
    limits,
  )
}

import type { Context } from '../context.ts'
import { DmlError } from '../errors.ts'

/** Objects that are no part of Setup (documented: Apex developer guide, sObjects that cannot be used together). */
const dataObjects = new Set(['Account', 'Contact', 'Opportunity', 'Lead', 'Case'])

/** Whether an object belongs to Setup, so that other objects may not be written along with it. */
export function isSetup(type: string): boolean {
  return !dataObjects.has(type)
}

/**
 * Notes a write in its transaction, and refuses one that mixes Setup with other objects. The Apex guide has exceptions for
 * some fields of User; whether they hold for composite requests is unknown, so the stricter side is played.
 * @throws DmlError MIXED_DML_OPERATION (observed text)
 */
export function noteWrite(context: Context, type: string): void {
  const { written } = context
  if (written === undefined) return
  const kind = isSetup(type) ? 'setup' : 'other'
  const before = kind === 'other' ? written.setup : written.other
  if (before !== undefined) {
    throw new DmlError(
      'MIXED_DML_OPERATION',
      `DML operation on setup object is not permitted after you have updated a non-setup object (or vice versa): ${type}, original object: ${before}`,
    )
  }
  written[kind] = type
}

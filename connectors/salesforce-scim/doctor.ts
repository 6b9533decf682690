import type { ConnectorFacts } from '../../doctor/examine.ts'
import { nearest } from '../../shared/validate.ts'
import { fields, isCustom } from './accounts/fields.ts'
import { readSettings } from './configuration.ts'

const names = Object.keys(fields)

/** The parts of the last name: together they are one field. */
const lastNames: readonly string[] = ['familyName', 'familyNamePrefix', 'familyNameFormatted']

/** What the examination of an org has to know of this connector. */
export const facts: ConnectorFacts = {
  speaksScim: true,
  readSettings,
  destinationOf(field) {
    if (isCustom(field)) return { userField: field }
    const name = names.find((known) => known.toLowerCase() === field.toLowerCase())
    if (name === undefined) return { unknown: true, nearest: nearest(field, names) }
    if (lastNames.includes(name)) return { userField: 'LastName', isPart: true }
    const { userField } = fields[name] ?? {}
    // Enable and disable own it.
    return userField === undefined || name === 'active' ? { isWritten: false } : { userField }
  },
}

import { ConnectorError } from '../errors.ts'
import type { ActionContext } from './context.ts'

/** What an existing account of the person is recognised by. */
export interface Correlation {
  /** A field's name, in its own spelling. */
  readonly field: string
  readonly value: string
}

/**
 * The host's correlation settings for this person; undefined when correlation is off. The value is the person's, and the
 * mapped one only where the host has no person field. Throws when either half is empty: an account must not be created
 * because nothing was looked for. `fieldNamed` gives a field's own spelling, or throws.
 */
export function readCorrelation(
  { CorrelationConfiguration: given }: ActionContext,
  fieldNamed: (name: string, member: string) => string,
): Correlation | undefined {
  if (given?.Enabled !== true) return undefined
  const field = given.AccountField?.trim() ?? ''
  if (field === '') {
    throw new ConnectorError(
      'INVALID_INPUT',
      'Correlation is enabled but not configured correctly: CorrelationConfiguration.AccountField is empty.',
    )
  }
  const value = [given.PersonFieldValue, given.AccountFieldValue]
    .map((candidate) => String(candidate ?? '').trim())
    .find((candidate) => candidate !== '')
  if (value === undefined) {
    throw new ConnectorError(
      'INVALID_INPUT',
      `Correlation is enabled but CorrelationConfiguration.PersonFieldValue is empty: make sure that ${given.PersonField ?? 'the person field'} has a value.`,
    )
  }
  return { field: fieldNamed(field, 'CorrelationConfiguration.AccountField'), value }
}

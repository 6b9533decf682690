import { ConnectorError, TargetError } from '../../../shared/errors.ts'
import type { ImportOrg } from '../../../shared/provisioning/imports/importOrg.ts'
import { withFinding } from '../../../shared/salesforce/errors/error.ts'
import { isAbsent } from '../../../shared/salesforce/queries.ts'
import { readDescription } from '../../../shared/salesforce/description.ts'
import { noField, unknownColumns } from '../accounts/description.ts'
import type { NamedColumn } from './columns.ts'

/** The pages as they come; where a field does not exist, the error names it and the nearest that does. */
export async function* namingColumns<Page>(
  org: ImportOrg,
  columns: readonly NamedColumn[],
  pages: AsyncGenerator<Page, void, void>,
): AsyncGenerator<Page, void, void> {
  try {
    yield* pages
  } catch (error) {
    if (!(error instanceof ConnectorError) || !(isAbsent(error) || isAbsent(error.cause))) throw error
    const description = readDescription(await org.rest.describe('User'))
    const unknown = columns.filter(
      ({ column }) => column !== undefined && unknownColumns([column], description).length > 0,
    )
    if (unknown.length === 0) throw error
    const problems = unknown.map(({ name, member }) => noField(name, `${member} [${name}]`, description))
    const refusal = error instanceof TargetError ? error : error.cause
    const finding = problems.join('; ')
    if (refusal instanceof TargetError) throw withFinding(refusal, finding, { code: 'INVALID_INPUT' })
    throw new ConnectorError('INVALID_INPUT', `${finding}.`, { cause: error })
  }
}

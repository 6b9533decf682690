import { ConnectorError, TargetError } from '../../../shared/errors.ts'
import type { ImportOrg } from '../../../shared/lifecycle/imports/importOrg.ts'
import { withFinding } from '../../../shared/salesforce/errors/error.ts'
import { firstProblems } from '../../../shared/problems.ts'
import { readDescription } from '../../../shared/salesforce/rest/description.ts'
import { isHidden, isNameRefused } from '../../../shared/salesforce/rest/unseen.ts'
import { noField, unknownColumns } from '../accounts/description.ts'
import type { NamedColumn } from './columns.ts'

/** The pages as they come; where a field does not exist, the error names it and the nearest that does. */
export async function* explainUnknownColumns<Page>(
  org: ImportOrg,
  columns: readonly NamedColumn[],
  pages: AsyncGenerator<Page, void, void>,
): AsyncGenerator<Page, void, void> {
  try {
    yield* pages
  } catch (error) {
    const refusal = error instanceof ConnectorError && error.cause !== undefined ? error.cause : error
    if (!isNameRefused(refusal)) throw error
    // The right that it takes is named already.
    if (isHidden(refusal)) throw refusal
    const description = readDescription(await org.rest.describe('User'))
    const unknown = columns.filter(
      ({ column }) => column !== undefined && unknownColumns([column], description).length > 0,
    )
    if (unknown.length === 0) throw error
    const problems = firstProblems(unknown, ({ name, member }) =>
      noField(name, `${member} [${name}]`, description),
    )
    const finding = problems.join('; ')
    if (refusal instanceof TargetError) throw withFinding(refusal, finding, { code: 'INVALID_INPUT' })
    throw new ConnectorError('INVALID_INPUT', `${finding}.`, { cause: error })
  }
}

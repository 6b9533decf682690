import { fieldText, type Row } from '../../salesforce/rest/rowPages.ts'

/** A field of an imported account, and where the REST API has its value. */
export interface ImportColumn {
  /** As the host knows it. */
  readonly name: string
  /** On the User object, through parents by a dotted path; undefined where no column of User has it. */
  readonly column: string | undefined
  /** What every account has. */
  readonly constant: string | undefined
}

/** The value of a field in a row of User; '' where it is null. The host's spelling of a name may not be the org's. */
export function readFromRow({ constant, column = '' }: ImportColumn): (row: Row) => string {
  if (constant !== undefined) return () => constant
  let spelling = column
  return (row) => {
    if (!column.includes('.') && !(spelling in row)) {
      spelling = Object.keys(row).find((key) => key.toLowerCase() === column.toLowerCase()) ?? column
    }
    return fieldText(row, spelling)
  }
}

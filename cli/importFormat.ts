import type { ImportedAccount } from './importSummary.ts'
import { textOf } from './importSummary.ts'
import { clip, columns } from './terminal.ts'

export const formats = ['ndjson', 'csv', 'table'] as const
export type ImportFormat = (typeof formats)[number]

const ownColumns = ['AccountReference', 'UserName', 'DisplayName', 'Enabled'] as const

/** Turns accounts into text: each as it comes, and what can only be written when all are known. */
export interface Formatter {
  readonly header: string
  line(account: ImportedAccount): string
  /** Everything that was held back. */
  end(): string
}

/** `fields` are the names in Data that get columns. */
export function createFormatter(format: ImportFormat, fields: readonly string[]): Formatter {
  switch (format) {
    case 'ndjson':
      return { header: '', line: (account) => JSON.stringify(account) + '\n', end: () => '' }
    case 'csv':
      return {
        header: csvLine([...ownColumns, ...fields]),
        line: (account) => csvLine(cellsOf(account, fields)),
        end: () => '',
      }
    case 'table': {
      // A column is as wide as its widest cell: nothing can be written before the last is known.
      const rows: string[][] = [['reference', 'userName', 'displayName', 'enabled', ...fields]]
      return {
        header: '',
        line: (account) => {
          rows.push(cellsOf(account, fields).map((cell) => clip(cell, 40)))
          return ''
        },
        end: () => columns(rows).join('\n') + '\n',
      }
    }
  }
}

function cellsOf(account: ImportedAccount, fields: readonly string[]): string[] {
  return [
    ...ownColumns.map((name) => textOf(account[name])),
    ...fields.map((name) => textOf(account.Data[name])),
  ]
}

/** RFC 4180. */
function csvLine(cells: readonly string[]): string {
  return (
    cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',') + '\r\n'
  )
}

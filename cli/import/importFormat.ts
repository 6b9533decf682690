import type { ImportedAccount } from './importSummary.ts'
import { textOf } from './importSummary.ts'
import { clip, columns, printable } from '../lib/terminal.ts'

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
          rows.push(cellsOf(account, fields).map((cell) => printable(clip(cell, 40))))
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

/**
 * Where a spreadsheet would find a formula, in the wide forms of East Asia, too; a number or a phone number is none. A spreadsheet
 * whose separator is `;` or a tab begins a cell behind each of them, and a row at each line end: quotes do not count there, as
 * the row does not begin with one.
 */
const formula =
  /(^|[;\t\r\n])(?=[ "]*[=@\uff1d\uff20\uff0b\uff0d])|(^|[;\t\r\n])(?=[ "]*[+-](?![\d ()./-]*(?:$|[;\t\r\n])))|^(?=[\t\r])/g

/** RFC 4180. A formula gets an apostrophe before it: whoever names a user may not run anything where the file is opened. */
function csvLine(cells: readonly string[]): string {
  const texts = cells
    .map((cell) => cell.replace(formula, (separator) => `${separator}'`))
    .map((cell) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
  return texts.join(',') + '\r\n'
}

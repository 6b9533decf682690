/** A table of text; the first column is names, the others are numbers. */
export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What the reader has to know of it. */
  readonly notes: readonly string[]
}

/** The table as Markdown that also reads well as text. */
export function render({ title, columns, rows, notes }: Table): string {
  const widths = columns.map((column, at) =>
    Math.max(column.length, ...rows.map((row) => (row[at] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (at === 0 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width))).join(' | ')} |`
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [`## ${title}`, '', line(columns), rule, ...rows.map(line), '', ...notes, ''].join('\n')
}

/** A number with so many places behind the point; `–` where there is none. */
export function figure(value: number | undefined, places = 0): string {
  return value === undefined || Number.isNaN(value) ? '–' : value.toFixed(places)
}

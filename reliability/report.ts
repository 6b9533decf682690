import { type Cell, type Flaw, flaws } from './runCase.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { type Column, columns } from './faultCases.ts'

/** The table of some actions and their troubles as Markdown that also reads well as text. */
export function report(scenarios: readonly Scenario[], all: readonly Cell[]): string {
  const cells = all.filter(({ scenario }) => scenarios.includes(scenario))
  const rows = scenarios.map((scenario) => {
    const own = cells.filter((cell) => cell.scenario === scenario)
    return [scenario.name, ...columns.map((column) => figure(own, column)), longest(own)]
  })
  const last = ['all', ...columns.map((column) => figure(cells, column)), longest(cells)]
  const titles = ['action', ...columns, 'longest']
  return markdown(titles, [...rows, last]).join('\n')
}

/** How many were tried, and how many of these were wrong, if any. */
function figure(cells: readonly Cell[], column: Column): string {
  const tried = cells.filter(({ trouble }) => trouble.column === column)
  if (tried.length === 0) return '–'
  const wrong = tried.filter((cell) => cell.flaws.length > 0).length
  return wrong === 0 ? String(tried.length) : `${tried.length} (${wrong} wrong)`
}

/** The longest run as a share of what it was allowed. */
function longest(cells: readonly Cell[]): string {
  const shares = cells.flatMap(({ milliseconds, budget }) =>
    budget === null ? [] : milliseconds / budget / 10,
  )
  return shares.length === 0 ? '–' : `${Math.round(Math.max(...shares))} %`
}

/** How many were tried, and what was wrong. */
export function totals(cells: readonly Cell[]): string[] {
  const count = (flaw: Flaw): number =>
    cells.filter((cell) => cell.flaws.some((found) => found.flaw === flaw)).length
  const processes = cells.reduce((sum, cell) => sum + cell.processes, 0)
  const wrong = cells.filter((cell) => cell.flaws.length > 0).length
  return [
    `${cells.length} troubles tried, ${processes} processes, ${wrong} wrong:`,
    flaws.map((flaw) => `${flaw} ${count(flaw)}`).join(', '),
  ]
}

function markdown(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = titles.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => (row[at] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, at) => (at === 0 ? (cells[at] ?? '').padEnd(width) : (cells[at] ?? '').padStart(width))).join(' | ')} |`
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(titles), rule, ...rows.map(line)]
}

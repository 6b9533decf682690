import { paint, type Terminal, type Tone, wrap } from '../lib/terminal.ts'

/** One check of the doctor, as its program writes it: one JSON object a line. */
export interface ShownFinding {
  readonly part: string
  readonly check: string
  readonly outcome: 'ok' | 'failed' | 'warning' | 'skipped'
  readonly message: string
  readonly code?: string
  readonly fix?: string
}

const marks: Readonly<Record<ShownFinding['outcome'], readonly [mark: string, tone: Tone]>> = {
  ok: ['✓', 'good'],
  failed: ['✗', 'bad'],
  warning: ['!', 'changed'],
  skipped: ['–', 'quiet'],
}

/** Characters of a check's name; longer ones move the rest of their line. */
const nameWidth = 22

/** Shows findings as they come, under the names of their parts. */
export function findingPrinter(terminal: Terminal): (finding: ShownFinding) => void {
  let part = ''
  return (finding) => {
    if (finding.part !== part) {
      part = finding.part
      terminal.write('')
      terminal.write(paint(terminal, 'strong', `${part.charAt(0).toUpperCase()}${part.slice(1)}`))
    }
    const [mark, tone] = marks[finding.outcome]
    const name = finding.check.padEnd(nameWidth)
    const indent = ' '.repeat(nameWidth + 3)
    const [first = '', ...more] = wrap(finding.message, Math.max(20, terminal.width - indent.length))
    terminal.write(`${paint(terminal, tone, mark)} ${name} ${first}`)
    for (const line of more) terminal.write(indent + line)
    if (finding.fix === undefined) return
    const text = finding.code === undefined ? finding.fix : `${finding.fix} (${finding.code})`
    for (const [index, line] of wrap(text, terminal.width - indent.length - 2).entries()) {
      terminal.write(indent + paint(terminal, tone, `${index === 0 ? '→' : ' '} ${line}`))
    }
  }
}

/** How it ended, in one line. */
export function verdict(terminal: Terminal, findings: readonly ShownFinding[]): string {
  const count = (outcome: ShownFinding['outcome']): number =>
    findings.filter((finding) => finding.outcome === outcome).length
  const [failed, warnings, skipped] = [count('failed'), count('warning'), count('skipped')]
  const made = findings.length - skipped
  const rest = [
    ...(warnings > 0 ? [`${warnings} to look at`] : []),
    ...(skipped > 0 ? ['not everything could be checked'] : []),
  ]
  const text =
    failed === 0
      ? `All ${made} checks are good`
      : `${failed} of ${made} ${made === 1 ? 'check' : 'checks'} failed`
  return paint(terminal, failed === 0 ? 'good' : 'bad', [text, ...rest].join('; ') + '.')
}

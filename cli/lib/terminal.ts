import { styleText } from 'node:util'

/** The widest line that is written, so that a page fits beside something else. */
const widest = 100
const narrowest = 60

/** A place where a person reads. */
export interface Terminal {
  /** Characters in a line. */
  readonly width: number
  readonly hasColour: boolean
  /** Writes one line. */
  write(line: string): void
}

export type Tone = 'title' | 'quiet' | 'good' | 'bad' | 'changed' | 'strong'

const formats = {
  title: 'cyan',
  quiet: 'gray',
  good: 'green',
  bad: 'red',
  changed: 'yellow',
  strong: 'bold',
} as const

/** What `paint` writes around a text: colours and weight, which move and hide nothing. */
const colour = /\u001b\[(?:1|22|3[1236]|39|90)m/
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/**
 * The text as a terminal may show it: names and values come from others, and a terminal obeys what it is sent. Controls,
 * line ends among them, are shown as signs, one for each, so that columns stay as wide as they are.
 */
export function printable(text: string): string {
  return text.replace(control, (character) => {
    if (character === '\t') return ' '
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    return code === 0x7f ? '\u2421' : '\ufffd'
  })
}

/** The same for a line in which our own colours may be. */
function printableLine(line: string): string {
  const texts = line.split(colour)
  const colours = line.match(new RegExp(colour, 'g')) ?? []
  return texts.map((text, index) => printable(text) + (colours[index] ?? '')).join('')
}

/** A stream as a terminal: colour and its width where it is one (`NO_COLOR` is obeyed), plain text otherwise. */
export function terminalOn(stream: NodeJS.WriteStream): Terminal {
  // Some terminals say 0 for: not known.
  const columns = stream.isTTY && stream.columns > 0 ? stream.columns : widest
  const hasColour = stream.isTTY && stream.hasColors()
  const shown = hasColour ? printableLine : printable
  return {
    width: Math.max(narrowest, Math.min(widest, columns)),
    hasColour,
    write: (line) => void stream.write(`${shown(line)}\n`),
  }
}

/** The text in a tone; as it is where there is no colour. */
export function paint({ hasColour }: Terminal, tone: Tone, text: string): string {
  // Whether the terminal has colours is known here; without the option styleText would ask stdout, whatever it is for.
  return hasColour ? styleText(formats[tone], text, { validateStream: false }) : text
}

/** The text in lines of at most `width` characters, broken between words; a word that is longer is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    let rest = word
    if (line !== '' && line.length + 1 + rest.length > width) {
      lines.push(line)
      line = ''
    }
    while (line === '' && rest.length > width) {
      lines.push(rest.slice(0, width))
      rest = rest.slice(width)
    }
    line = line === '' ? rest : `${line} ${rest}`
  }
  return line === '' ? lines : [...lines, line]
}

/** The text as one line of at most `width` characters; what is cut off is shown as an ellipsis. */
export function clip(text: string, width: number): string {
  const line = text.replace(/[\r\n]+/g, ' ')
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 3))}...`
}

/** Rows of cells as lines in which every column but the last is as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, index) =>
    Math.max(...rows.map((row) => (row[index] ?? '').length)),
  )
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

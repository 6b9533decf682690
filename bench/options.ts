import { parseArgs } from 'node:util'

export const sectionNames = ['startup', 'actions', 'imports', 'worker'] as const
export type SectionName = (typeof sectionNames)[number]

export interface Options {
  readonly help: boolean
  readonly rounds: number
  readonly only: readonly SectionName[]
  /** The most accounts that are imported. */
  readonly users: number
  /** Where everything that was measured is kept. */
  readonly json: string | undefined
}

export const usage = `npm run bench -- [--only ${sectionNames.join(',')}] [--rounds 15] [--users 100000] [--json <file>]

  --only    some of the parts, with commas between
  --rounds  how often each program is run; imports and the worker take a third of it
  --users   the largest import
  --json    keeps every figure in a file`

/** Throws a sentence for what cannot be understood. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '15' },
      only: { type: 'string', default: sectionNames.join(',') },
      users: { type: 'string', default: '100000' },
      json: { type: 'string' },
    },
  })
  const names = values.only.split(',').map((name) => name.trim())
  const only = sectionNames.filter((name) => names.includes(name))
  const unknown = names.filter((name) => !sectionNames.some((known) => known === name))
  if (unknown.length > 0) {
    throw new Error(`--only takes ${sectionNames.join(', ')}, not "${unknown.join(', ')}"`)
  }
  return {
    help: values.help,
    only,
    rounds: wholeNumber('rounds', values.rounds),
    users: wholeNumber('users', values.users),
    json: values.json,
  }
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number > 0) return number
  throw new Error(`--${name} takes a whole number above 0, not "${text}"`)
}

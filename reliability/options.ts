import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'

export interface Options {
  readonly help: boolean
  /** Only connectors whose name holds this. */
  readonly connector: string
  /** Only scenarios whose name holds this. */
  readonly only: string
  /** Only troubles whose name or column holds this. */
  readonly trouble: string
  readonly atOnce: number
  /** All mutated answers, and not a part of them. */
  readonly full: boolean
}

export const usage = `npm run reliability -- [--connector rest] [--only create] [--trouble slow] [--at-once 4] [--full]

  --connector  the connectors whose name has this in it
  --only       the actions whose name has this in it
  --trouble    the troubles, and the checks of hostile ground, whose name has this in it: hangs, "no name server", text, secret forms, imports, somebody, mutated
  --at-once    how many processes at a time; three times the number of processors if not given: most of the time they wait
  --full       all mutated answers, and not every seventh`

/** Throws a sentence for what cannot be understood. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      connector: { type: 'string', default: '' },
      only: { type: 'string', default: '' },
      trouble: { type: 'string', default: '' },
      full: { type: 'boolean', default: false },
      'at-once': { type: 'string', default: String(availableParallelism() * 3) },
    },
  })
  const atOnce = Number(values['at-once'])
  if (!Number.isInteger(atOnce) || atOnce < 1) {
    throw new Error(`--at-once takes a whole number above 0, not "${values['at-once']}"`)
  }
  return {
    help: values.help,
    connector: values.connector,
    only: values.only,
    trouble: values.trouble,
    atOnce,
    full: values.full,
  }
}

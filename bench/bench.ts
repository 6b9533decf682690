import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type BenchOrg, type OrgOptions, startOrg } from './startOrg.ts'
import type { Table } from './table.ts'

/** What the sections of the benchmark share. */
export interface Bench {
  readonly rounds: number
  /** Most accounts of an import. */
  readonly maxUsers: number
  /** Where the benchmark was built, and may write. */
  readonly folder: string
  /** Loaded for the accounting. */
  readonly preload: string
  /** An empty file. */
  readonly empty: string
  readonly floor: string
  readonly loop: string
  readonly naive: string
  /** Trust in the certificate of the simulated org. */
  readonly trust: Readonly<Record<string, string>>
  /** The built script of an action, or undefined where the connector has none; `rest/create` of the REST connector. */
  script(name: string): string | undefined
  org(options?: OrgOptions): Promise<BenchOrg>
  /** Says how far it is, on stderr. */
  tell(text: string): void
}

/** A part of the benchmark: tables, and what they were made of, for keeping. */
export interface Section {
  readonly tables: readonly Table[]
  readonly data: unknown
}

/** `folder` is where the benchmark was built; `certificate` a file in it with the certificate of the simulated org. */
export function openBench(
  folder: string,
  certificate: string,
  { rounds, maxUsers }: { rounds: number; maxUsers: number },
): Bench {
  const program = (name: string): string => join(folder, name)
  return {
    rounds,
    maxUsers,
    folder,
    preload: program('usage.cjs'),
    empty: program('empty.cjs'),
    floor: program('floor.mjs'),
    loop: program('loop.mjs'),
    naive: join(folder, 'naive', 'bench', 'naive', 'create.js'),
    trust: { NODE_EXTRA_CA_CERTS: certificate },
    script: (name) => {
      const file = join(folder, 'scripts', `${name}.mjs`)
      return existsSync(file) ? file : undefined
    },
    org: (options = {}) => startOrg(program('org.mjs'), options),
    tell: (text) => {
      process.stderr.write(`${text}\n`)
    },
  }
}

/** The script of an action that every build has. */
export function scriptOf(bench: Bench, name: string): string {
  const script = bench.script(name)
  if (script === undefined) throw new Error(`the connector has no ${name}`)
  return script
}

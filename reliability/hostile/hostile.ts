import { hangs, namesHang } from './hangingChecks.ts'
import { incompleteImports } from './importChecks.ts'
import { mutants } from './mutationChecks.ts'
import { secretForms } from './secretChecks.ts'
import { strangers } from './strangerChecks.ts'
import { textCosts } from './textChecks.ts'
import type { Connector } from '../scenarios/scenario.ts'

/** What a check of hostile ground came to. */
export interface Finding {
  /** As a line of the report says it. */
  readonly figure: string
  readonly flaws: readonly string[]
}

export interface Check {
  /** By which `--trouble` chooses it. */
  readonly name: string
  run(folder: string, connector: Connector, atOnce: number, isFull: boolean): Promise<Finding>
}

/** Checks that are no table of actions and troubles: each prints a line. */
export const hostileChecks: readonly Check[] = [
  { name: 'connection hangs', run: hangs },
  { name: 'no name server', run: namesHang },
  { name: 'hostile text', run: textCosts },
  { name: 'secret forms', run: secretForms },
  { name: 'incomplete imports', run: incompleteImports },
  { name: 'answers about somebody else', run: strangers },
  { name: 'mutated answers', run: mutants },
]

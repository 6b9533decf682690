/** A line to the engine's process: the scripts first, then one batch at a time. */
export type EngineRequest = { readonly scripts: readonly string[] } | { readonly jobs: readonly ScriptJob[] }

/** Scripts to run on one person. */
export interface ScriptJob {
  /** The person as JSON: each script gets a copy of its own. */
  readonly person: string
  /** How many times a uniqueness check has refused the values so far. */
  readonly iteration: number
  /** Indexes of scripts. */
  readonly scripts: readonly number[]
}

/** A line from the engine's process. `compiled`: what is wrong with each script, or `null`. */
export type EngineAnswer =
  | { readonly compiled: readonly (ScriptFault | null)[] }
  /** For each job, the JSON of a `ScriptResult` for each of its scripts. */
  | { readonly results: readonly (readonly string[])[] }

/** Why a script has no value, and in which of its lines. */
export interface ScriptFault {
  readonly fault: string
  readonly line?: number
}

/** What came of a script on one person. */
export type ScriptResult =
  | ScriptFault
  | ((
      | { readonly empty: true }
      | { readonly text: string }
      | { readonly list: readonly string[] }
      /** A value that no mapping can have: its type. */
      | { readonly type: string }
    ) & {
      /** Systems in which the person has no account, and from which the script read. */
      readonly missing: readonly string[]
    })

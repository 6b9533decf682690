import { join } from 'node:path'
import { runNode } from './scriptProcess.ts'

/** What a host sends on stdin (docs/contract.md). */
export interface ActionInput {
  readonly actionContext: Readonly<Record<string, unknown>>
  readonly personContext?: Readonly<Record<string, unknown>>
}

export interface AuditLine {
  readonly Action?: string
  readonly Message: string
  readonly IsError: boolean
}

/** The members of an outputContext that are shown. */
export interface Output {
  readonly Success?: boolean
  readonly AccountReference?: string
  readonly AccountCorrelated?: boolean
  readonly AuditLogs?: readonly AuditLine[]
  readonly Data?: Readonly<Record<string, unknown>>
  readonly PreviousData?: Readonly<Record<string, unknown>>
  readonly Permissions?: readonly {
    readonly DisplayName: string
    readonly Identification: { readonly Reference: string; readonly Type: string }
  }[]
  readonly SubPermissions?: readonly {
    readonly DisplayName: string
    readonly Reference: { readonly Id: string }
  }[]
  readonly NonUniqueFields?: readonly string[]
}

/** One run of a script. */
export interface ScriptRun {
  /** Null when it was killed. */
  readonly exitCode: number | null
  /** Empty when stdout was no JSON object. */
  readonly output: Output
  readonly stderr: string
  /** From the start of the process to its end. */
  readonly milliseconds: number
}

/** Runs a built script as a host does: a process of its own, the context on stdin. `root` is the project's folder. */
export async function runScript(
  root: string,
  connector: string,
  action: string,
  input: ActionInput,
): Promise<ScriptRun> {
  const script = join(root, 'dist', connector, `${action}.mjs`)
  const { exitCode, stdout, stderr, milliseconds } = await runNode(script, JSON.stringify(input))
  return { exitCode, output: parseOutput(stdout), stderr, milliseconds }
}

/** A script's stdout as an outputContext; empty where it is no JSON object. */
export function parseOutput(stdout: string): Output {
  try {
    const value: unknown = JSON.parse(stdout)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

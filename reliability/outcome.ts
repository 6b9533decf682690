import type { Ended } from './scriptProcess.ts'

/** What a process told the host. */
export interface Told {
  readonly isSuccess: boolean
  /** What an action that only reads found; '' for one that writes. */
  readonly content: string
  /** The account that a create found there. */
  readonly correlatedWith?: string
  /** What is wrong with the answer itself, whatever it says. */
  readonly faults: readonly string[]
}

interface Output {
  readonly Success?: unknown
  readonly AuditLogs?: unknown
  readonly AccountCorrelated?: unknown
  readonly AccountReference?: unknown
  readonly Permissions?: unknown
  readonly SubPermissions?: unknown
  readonly NonUniqueFields?: unknown
}

/** The answer of an action (one document) or of an import (lines), held against the contract with the host. */
export function read(ended: Ended, isImport: boolean): Told {
  return isImport ? readLines(ended) : readDocument(ended)
}

function readDocument({ exitCode, stdout }: Ended): Told {
  const output = parse(stdout)
  if (!/^\{.*\}\n$/.test(stdout) || output === undefined) {
    return { isSuccess: false, content: '', faults: [`stdout is not one document (exit ${exitCode})`] }
  }
  const { Success, AuditLogs, Permissions, SubPermissions, NonUniqueFields } = output
  const lines: unknown[] = Array.isArray(AuditLogs) ? AuditLogs : []
  const hasError = lines.some((line) => isRecord(line) && line['IsError'] === true)
  const faults: string[] = []
  if (typeof Success !== 'boolean') faults.push('Success is no boolean')
  if (exitCode !== (Success === true ? 0 : 1)) faults.push(`exit ${exitCode} with Success ${String(Success)}`)
  if (hasError === (Success === true)) faults.push('Success and the audit lines contradict each other')
  if (/unexpected error in the connector/.test(stdout)) faults.push('a mistake of the connector')
  const content = JSON.stringify([Permissions ?? null, SubPermissions ?? null, NonUniqueFields ?? null])
  const { AccountCorrelated, AccountReference } = output
  const isCorrelated = AccountCorrelated === true && typeof AccountReference === 'string'
  return {
    isSuccess: Success === true,
    content,
    ...(isCorrelated && { correlatedWith: AccountReference }),
    faults,
  }
}

function readLines({ exitCode, stdout, stderr }: Ended): Told {
  const lines = stdout.split('\n')
  const faults: string[] = []
  if (lines.pop() !== '') faults.push('the last line is cut off')
  const isObject = (line: string): boolean =>
    ['AccountReference', 'AccountReferences'].some((name) => parse(line)?.[name] !== undefined)
  if (!lines.every(isObject)) faults.push('a line is neither an account nor a permission')
  if (exitCode !== 0 && exitCode !== 1) faults.push(`exit ${exitCode}`)
  if (exitCode === 1 && !/"level":"error"/.test(stderr)) faults.push('nobody was told why it is incomplete')
  return { isSuccess: exitCode === 0, content: stdout, faults }
}

function parse(text: string): (Output & Record<string, unknown>) | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

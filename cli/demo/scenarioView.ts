import type { SimulatedOrg } from '../../simulator/server.ts'
import type { ScriptRun } from '../script/script.ts'
import type { Step } from './step.ts'
import type { ToldRequest } from './scenarioRequests.ts'
import { clip, columns, paint, type Terminal, type Tone, wrap } from '../lib/terminal.ts'

const indent = '   '
const hanging = `${indent}       `

/** Parameters that say what a request asks for; paging and the like do not. */
const telling = ['filter', 'q', 'fields'] as const

/** One step, as it went. */
export interface Told {
  readonly number: number
  readonly step: Step
  /** What the host asks for, and why. */
  readonly says: string
  readonly run: ScriptRun
  readonly requests: readonly ToldRequest[]
  /** What did not end as it should, in words. */
  readonly problems: readonly string[]
}

/** Shows one step: what was asked, what the script answered, what it changed, and the requests that it sent. */
export function showStep(terminal: Terminal, { number, step, says, run, requests, problems }: Told): void {
  const ending = `${step.action}${step.isDryRun ? ', dry run' : ''}  exit ${String(run.exitCode)}  ${Math.round(run.milliseconds)} ms`
  const heading = `${number}  ${step.title}`
  const gap = ' '.repeat(Math.max(2, terminal.width - heading.length - ending.length))
  terminal.write('')
  terminal.write(paint(terminal, 'title', heading) + gap + paint(terminal, 'quiet', ending))
  for (const line of wrap(says, terminal.width - indent.length)) terminal.write(indent + line)

  for (const { Message, IsError } of run.output.AuditLogs ?? []) {
    showLabelled(terminal, IsError ? 'bad' : 'good', 'audit', wrap(Message, terminal.width - hanging.length))
  }
  if (step.action === 'update') showLabelled(terminal, 'quiet', 'data', columns(changesOf(run)))
  for (const line of columns(requests.flatMap((request) => cellsOf(request)))) {
    terminal.write(indent + paint(terminal, 'quiet', clip(line, terminal.width - indent.length)))
  }
  for (const problem of problems) {
    terminal.write(indent + paint(terminal, 'bad', `Not as it should be: ${problem}.`))
  }
  // What the script told whoever debugs it, redacted by itself.
  if (problems.length > 0) for (const line of wrap(run.stderr, terminal.width)) terminal.write(line)
}

/** Lines with a label before the first, and clear of it. */
function showLabelled(terminal: Terminal, tone: Tone, label: string, lines: readonly string[]): void {
  for (const [index, line] of lines.entries()) {
    const start =
      index > 0
        ? hanging
        : indent + paint(terminal, tone, label) + hanging.slice(indent.length + label.length)
    terminal.write(start + clip(line, terminal.width - hanging.length))
  }
}

/** The fields that an update changed: name, before, after. */
function changesOf({ output: { Data = {}, PreviousData = {} } }: ScriptRun): string[][] {
  return Object.entries(Data)
    .filter(([name, value]) => value !== PreviousData[name])
    .map(([name, value]) => [name, textOf(PreviousData[name]), '->', textOf(value)])
}

function textOf(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : '(empty)'
}

/**
 * A request in cells, and behind it those that it carries: method, status, path and question, decoded; the question without
 * paging and the like.
 */
function cellsOf({ method, status, path, query, parts }: ToldRequest, before = ''): string[][] {
  const question = [path, ...telling.flatMap((name) => query[name] ?? [])].join('  ')
  return [
    [before + method.padEnd(5), String(status), question],
    ...parts.flatMap((part) => cellsOf(part, `${before}  `)),
  ]
}

/** Fields that differ in every run, or say nothing about this account. */
const hidden = /Date$|^SystemModstamp$|^UserType$/

/** Shows the account as the org has it: every field that has a value, and the names behind ids. */
export function showAccount(terminal: Terminal, { org, user }: SimulatedOrg, account: string): void {
  const row = user(account)
  if (row === undefined) return
  const names: Readonly<Record<string, string | undefined>> = {
    ProfileId: org.profiles.get(row.ProfileId)?.Name,
    UserRoleId: org.userRoles.get(row.UserRoleId ?? '')?.Name,
    ManagerId: org.users.get(row.ManagerId ?? '')?.Username,
  }
  const shown = Object.entries(row).flatMap(([field, value]) =>
    value === null || value === '' || hidden.test(field) || (value === false && field !== 'IsActive')
      ? []
      : [[field, names[field] === undefined ? String(value) : `${names[field]} (${String(value)})`]],
  )
  terminal.write('')
  terminal.write(paint(terminal, 'title', 'The account as the org has it'))
  for (const line of columns(shown)) terminal.write(indent + clip(line, terminal.width - indent.length))
}

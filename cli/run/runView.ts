import { changesOf, type FieldChange } from './changes.ts'
import { remedyFor } from '../lib/failure.ts'
import type { Output } from '../script/script.ts'
import type { ScriptLog, ShownRequest } from '../script/scriptLog.ts'
import { clip, columns, paint, type Terminal, type Tone, wrap } from '../lib/terminal.ts'

const indent = '  '

/** One run of an action, as it is shown. */
export interface ShownRun {
  readonly action: string
  readonly isDryRun: boolean
  readonly exitCode: number | null
  readonly milliseconds: number
  readonly output: Output
  readonly log: ScriptLog
}

/** Shows what an action answered: its audit lines, what changes, what it sent or would send, and how it ended. */
export function showRun(terminal: Terminal, run: ShownRun): void {
  const { output, log } = run
  for (const { Message, IsError, Action } of output.AuditLogs ?? []) {
    const mark = IsError ? '✗' : '✓'
    const lines = wrap(Message, terminal.width - 4)
    for (const [index, line] of lines.entries()) {
      const start = index === 0 ? paint(terminal, IsError ? 'bad' : 'good', mark) : ' '
      terminal.write(`${start} ${line}`)
    }
    if (Action !== undefined) terminal.write(`${indent}${paint(terminal, 'quiet', Action)}`)
  }
  showAccount(terminal, run)
  showLists(terminal, output)
  for (const warning of log.warnings) {
    for (const line of wrap(`Warning: ${warning}`, terminal.width))
      terminal.write(paint(terminal, 'changed', line))
  }
  showFailure(terminal, run)
  showRequests(terminal, run)
  for (const line of log.foreign) terminal.write(indent + line)
  terminal.write('')
  const isGood = run.exitCode === 0
  const ending = `exit ${String(run.exitCode)}`
  terminal.write(`${paint(terminal, isGood ? 'good' : 'bad', ending)}, ${Math.round(run.milliseconds)} ms`)
}

const marks = {
  added: ['+', 'good'],
  changed: ['~', 'changed'],
  cleared: ['-', 'bad'],
  same: [' ', 'quiet'],
} as const satisfies Record<FieldChange['kind'], readonly [string, Tone]>

/** What the account was and would be; where nothing changes, what it is. */
function showAccount(terminal: Terminal, { output, isDryRun }: ShownRun): void {
  const { AccountReference, AccountCorrelated, Data } = output
  if (Data === undefined && AccountReference === undefined) return
  title(terminal, AccountCorrelated === true ? 'Account that was found' : 'Account')
  if (AccountReference !== undefined) terminal.write(`${indent}reference  ${AccountReference}`)
  if (Data === undefined) return

  if (AccountCorrelated === true) {
    const rows = Object.entries(Data).map(([name, value]) => [name, String(value ?? '')])
    for (const line of columns(rows)) terminal.write(indent + clip(line, terminal.width - indent.length))
    return
  }
  const changes = changesOf(output).filter(
    ({ name }) => !/^id$/i.test(name) || output.PreviousData !== undefined,
  )
  const shown = changes.filter(({ kind }) => kind !== 'same')
  const same = changes.filter(({ kind, after }) => kind === 'same' && after !== '').length
  const hasBefore = output.PreviousData !== undefined
  const heading = ['field', ...(hasBefore ? ['before'] : []), hasBefore ? 'after' : 'value']
  const rows = shown.map(({ name, before, after }) => [
    name,
    ...(hasBefore ? [clip(before || '(empty)', 34)] : []),
    after || '(empty)',
  ])
  if (rows.length > 0) {
    const [first = '', ...lines] = columns([heading, ...rows])
    terminal.write(`${indent}  ${paint(terminal, 'quiet', first)}`)
    for (const [index, line] of lines.entries()) {
      const [mark, tone] = marks[shown[index]?.kind ?? 'same']
      terminal.write(indent + paint(terminal, tone, `${mark} ${clip(line, terminal.width - 4)}`))
    }
  }
  if (same > 0) {
    const what = rows.length === 0 ? `Nothing ${isDryRun ? 'would change' : 'changes'}: ` : ''
    terminal.write(
      indent +
        paint(
          terminal,
          'quiet',
          `${what}${same} ${same === 1 ? 'field is' : 'fields are'} already as mapped`,
        ),
    )
  }
}

/** Permissions that are listed, sub-permissions, and fields that are not unique. */
function showLists(terminal: Terminal, { Permissions, SubPermissions, NonUniqueFields }: Output): void {
  if (Permissions !== undefined) {
    title(terminal, `${Permissions.length} permissions`)
    const rows = Permissions.map(({ DisplayName, Identification: { Reference, Type } }) => [
      Type,
      DisplayName,
      Reference,
    ])
    // Whole: references are there to be copied.
    for (const line of columns(rows)) terminal.write(indent + line)
  }
  if (SubPermissions !== undefined) {
    title(terminal, `${SubPermissions.length} sub-permissions`)
    const rows = SubPermissions.map(({ DisplayName, Reference }) => [DisplayName, Reference.Id])
    for (const line of columns(rows)) terminal.write(indent + line)
  }
  if (NonUniqueFields !== undefined) {
    title(terminal, 'Fields that another account has')
    terminal.write(indent + (NonUniqueFields.length === 0 ? '(none)' : NonUniqueFields.join(', ')))
  }
}

/** The sentence is in the audit line above; here is what it takes to mend it. */
function showFailure(terminal: Terminal, { exitCode, output, log: { error } }: ShownRun): void {
  if (exitCode === 0) return
  if (error === undefined) {
    if ((output.AuditLogs ?? []).length > 0) return
    title(terminal, 'Failed')
    terminal.write(`${indent}The script ended without an answer (exit ${String(exitCode)}).`)
    return
  }
  title(terminal, 'What to do')
  if ((output.AuditLogs ?? []).length === 0) {
    for (const line of wrap(error.message, terminal.width - 2)) terminal.write(indent + line)
  }
  const { who, next } = remedyFor(error)
  const codes = error.faults.length === 0 ? error.code : `${error.code} (${error.faults.join(', ')})`
  const rows = { code: codes, who, next }
  for (const [label, text] of Object.entries(rows)) {
    const lines = wrap(text, terminal.width - 8)
    for (const [index, line] of lines.entries()) {
      terminal.write(
        indent + (index === 0 ? paint(terminal, 'strong', label.padEnd(6)) : ' '.repeat(6)) + line,
      )
    }
  }
}

function showRequests(terminal: Terminal, { isDryRun, log: { sent, planned } }: ShownRun): void {
  if (sent.length > 0) title(terminal, 'Requests that were sent')
  for (const request of sent) showRequest(terminal, request)
  if (!isDryRun) return
  if (planned.length === 0) {
    if (sent.length > 0) terminal.write(indent + paint(terminal, 'quiet', 'Nothing would be written.'))
    return
  }
  title(terminal, 'Requests that --apply would send')
  for (const request of planned) showRequest(terminal, request)
  if (planned.some(({ path }) => path.startsWith('/services/scim/'))) {
    const note = 'What Salesforce does not take of a SCIM request is written by REST after it, or reported.'
    for (const line of wrap(note, terminal.width - 2)) terminal.write(indent + paint(terminal, 'quiet', line))
  }
}

function showRequest(terminal: Terminal, request: ShownRequest): void {
  const { method, path, status, milliseconds, body, parts } = request
  const isSent = milliseconds !== undefined
  const cells = [
    method.padEnd(6),
    ...(isSent ? [String(status ?? '---'), `${milliseconds} ms`.padStart(7)] : []),
    // Whole, so that it can be copied.
    path,
  ]
  const isRefused = isSent && (status === undefined || status >= 400)
  const tone = isRefused ? 'bad' : isWrite(request) ? 'strong' : 'quiet'
  terminal.write(indent + paint(terminal, tone, cells.join('  ')))
  if (parts === undefined) showBody(terminal, body, 2)
  for (const part of parts ?? []) showPart(terminal, part)
}

/** One of several requests that went as one. */
function showPart(terminal: Terminal, part: ShownRequest): void {
  const { method, path, status, body } = part
  const cells = [method.padEnd(6), ...(status === undefined ? [] : [String(status)]), path]
  const tone = (status ?? 0) >= 400 ? 'bad' : isWrite(part) ? 'strong' : 'quiet'
  terminal.write(indent.repeat(2) + paint(terminal, tone, cells.join('  ')))
  showBody(terminal, body, 3)
}

/** A query in the body of a composite request is a read, though its method is POST; so is the token that is asked for. */
function isWrite({ method, body, parts }: ShownRequest): boolean {
  if (parts !== undefined) return parts.some(isWrite)
  return body !== undefined || method === 'PATCH' || method === 'DELETE'
}

function showBody(terminal: Terminal, body: unknown, depth: number): void {
  if (body === undefined) return
  for (const line of JSON.stringify(body, undefined, 2).split('\n'))
    terminal.write(indent.repeat(depth) + line)
}

function title(terminal: Terminal, text: string): void {
  terminal.write('')
  terminal.write(paint(terminal, 'title', text))
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { disagreements, scenario } from '../../cli/demo/scenario.ts'
import type { Step } from '../../cli/demo/step.ts'
import type { ScriptRun } from '../../cli/script/script.ts'
import { clip, columns, paint, type Terminal, terminalOn, wrap } from '../../cli/lib/terminal.ts'
import { root, type Run, runProcess } from '../process.ts'

describe('npm start', () => {
  let shown: Run
  beforeAll(async () => {
    shown = await runProcess(join(root, 'dist', 'cli', 'demo.mjs'), '', { FORCE_COLOR: '1' })
  })

  test('tells every step of the story in order, in plain short lines, and ends with exit 0', () => {
    const { code, stdout, stderr } = shown
    expect(stderr).toBe('')
    const lines = stdout.trimEnd().split('\n')
    const headings = lines.filter((line) => /^\d+ {2}/.test(line))
    expect(headings).toHaveLength(scenario.length)
    for (const [index, { title, action, isDryRun, ends }] of scenario.entries()) {
      const ending = `${action}${isDryRun ? ', dry run' : ''}  exit ${ends.exitCode}`
      expect(headings[index]).toMatch(new RegExp(`^${index + 1} {2}${title} +${ending} {2}\\d+ ms$`))
    }
    expect(lines.filter((line) => line.length > 100)).toEqual([])
    expect(stdout).not.toContain('\u001b')
    expect(stdout).not.toContain('Not as it should be')
    expect(lines.at(-1)).toMatch(/^All 22 steps ended as they should: \d+ requests, \d+\.\d s\.$/)
    expect(code).toBe(0)
  })

  test('shows what each step sent and the account as the org has it, and no secret', () => {
    const { stdout } = shown
    expect(stdout).toContain('PATCH  204  /services/data/v66.0/sobjects/User/')
    expect(stdout).toMatch(/^ {3}data {3}mobilePhone +\+31 6 12345678 +-> {2}\+31 6 22334455$/m)
    expect(stdout).toMatch(/^ {3}Department +Sales Operations$/m)
    expect(stdout).toMatch(/^ {3}IsActive +true$/m)
    expect(stdout).toMatch(/^ {3}ManagerId +ann\.boss@acme\.example \(/m)
    expect(stdout).not.toMatch(/acme-secret|Pa55-acme|tok3n|00D[a-zA-Z0-9]{12}!/)
  })

  test('is as the README shows it, but for times and ports', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll('\r\n', '\n')
    const [, excerpt = ''] = /\n## Two commands\n[^]*?\n```text\n([^]*?)\n```\n/.exec(readme) ?? []
    // How long a step took moves the columns before it.
    const settled = (line: string): string =>
      / exit \d +\d+ ms$/.test(line)
        ? line.replace(/\d+ ms$/, '').replaceAll(/ +/g, ' ')
        : line.replace(/\d+\.\d s\.$/, 's.')
    const lines = shown.stdout.split('\n').map(settled)
    expect(excerpt.split('\n').length).toBeGreaterThan(15)
    for (const line of excerpt.split('\n').map(settled)) expect(lines).toContain(line)
  })
})

describe('a step that does not end as it should', () => {
  const run: ScriptRun = {
    exitCode: 0,
    output: {
      Success: true,
      AccountCorrelated: false,
      AuditLogs: [{ Action: 'CreateAccount', Message: 'Created', IsError: false }],
    },
    stderr: '',
    milliseconds: 1,
  }
  const create = scenario.find(({ action, isDryRun }) => action === 'create' && !isDryRun)
  if (create === undefined) throw new Error('the story has no create')
  const step: Step = create

  test('is told from one that does', () => {
    expect(disagreements(step, run, 1)).toEqual([])
    expect(disagreements(step, { ...run, exitCode: 1 }, 1)).toEqual(['exit code 1 instead of 0'])
    expect(disagreements(step, { ...run, exitCode: null, output: {} }, 0)).toEqual([
      'exit code null instead of 0',
      'Success is undefined',
      'the audit line is missing instead of CreateAccount',
      '0 writes where some were expected',
      'AccountCorrelated is not as it should be',
    ])
    expect(disagreements({ ...step, ends: { ...step.ends, writes: false } }, run, 2)).toEqual([
      '2 writes where none were expected',
    ])
  })
})

describe('text for a terminal', () => {
  test.each([
    ['one two three', 7, ['one two', 'three']],
    ['one two three', 100, ['one two three']],
    ['abcdefgh ij', 3, ['abc', 'def', 'gh', 'ij']],
    ['', 10, []],
  ])('wraps %j at %i', (text, width, expected) => {
    expect(wrap(text, width)).toEqual(expected)
  })

  test('is aligned in columns and clipped to one line', () => {
    expect(
      columns([
        ['a', 'long', 'x'],
        ['bcd', 'e'],
      ]),
    ).toEqual(['a    long  x', 'bcd  e'])
    expect(clip('one\ntwo three', 8)).toBe('one t...')
    expect(clip('one\ntwo', 8)).toBe('one two')
  })

  test('has colour on a terminal only, and not when NO_COLOR says so', () => {
    const stream = (isTTY: boolean, hasColors: boolean): Terminal =>
      terminalOn(
        Object.assign(Object.create(process.stdout) as typeof process.stdout, {
          isTTY,
          columns: 300,
          hasColors: () => hasColors,
        }),
      )
    expect(stream(true, true)).toMatchObject({ hasColour: true, width: 100 })
    expect(stream(true, false).hasColour).toBe(false)
    expect(stream(false, true).hasColour).toBe(false)
    expect(paint(stream(false, true), 'bad', 'text')).toBe('text')
  })
})

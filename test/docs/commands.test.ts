import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProgram } from '../../cli/main.ts'
import type { Terminal } from '../../cli/lib/terminal.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, startSimulator } from '../../simulator/server.ts'
import { program } from '../cli/tool.ts'
import { root } from '../process.ts'
import { blocks, pages, section, table, text } from './markdown.ts'

const silent: Terminal = { width: 80, hasColour: false, write: () => undefined }
const tool = createProgram({ root, cwd: root, env: {}, out: silent, err: silent })
const names = tool.commands.map((command) => command.name())

interface Command {
  readonly page: string
  readonly line: string
}

const commands: readonly Command[] = pages.flatMap((page) =>
  blocks(text(page), 'sh').flatMap((block) => block.split('\n').map((line) => ({ page, line }))),
)

/** What is not run here, and why not. */
const others: readonly [form: RegExp, why: string][] = [
  [
    /^npm (install|run|start|test)\b/,
    'they build or run everything: links.test.ts looks whether there are such scripts',
  ],
  [/^npx salesforce-connector simulate$/, 'it is there already, on another port'],
  [/^node dist\/\S+\/worker\.mjs /, 'it waits for lines: test/worker'],
  [/^openssl /, 'it is another program'],
]
const isOther = ({ line }: Command): boolean => others.some(([form]) => form.test(line))

/** Those that find a problem in the sample company, as the text says. */
const exitsWith1 = (line: string): boolean => / report /.test(line)

// A line that several pages have is run once. They build on each other: one org, one folder.
const lines = [...new Set(commands.filter((command) => !isOther(command)).map(({ line }) => line))]

/** The last script that the README runs by hand, and the answer that it shows. */
const part = section(text('README.md'), '## One script by hand')
const byHand = {
  line: blocks(part, 'sh').at(-1)?.split('\n').at(-1) ?? '',
  answer: blocks(part, 'json')[0] ?? '',
}

let around: string
let folder: string
let org: SimulatedOrg

beforeAll(async () => {
  org = await startSimulator()
  around = await mkdtemp(join(tmpdir(), 'salesforce-docs-'))
  // A catalogue is made beside it.
  folder = join(around, 'project')
  for (const name of ['contexts', 'persons']) {
    await cp(join(root, 'samples', name), join(folder, 'samples', name), { recursive: true })
  }
  await cp(join(root, 'fieldMapping.json'), join(folder, 'fieldMapping.json'))
  // Windows lets anybody make a junction.
  await symlink(join(root, 'dist'), join(folder, 'dist'), 'junction')
  for (const name of await readdir(join(folder, 'samples', 'contexts'), { recursive: true })) {
    if (!name.endsWith('.json')) continue
    const file = join(folder, 'samples', 'contexts', name)
    const context = await readFile(file, 'utf8')
    await writeFile(file, context.replaceAll('http://127.0.0.1:8400', org.url))
  }
  const [environment = ''] = blocks(text('README.md'), 'ini')
  await writeFile(join(folder, '.env'), environment.replace('http://127.0.0.1:8400', org.url))
})
afterAll(async () => {
  await org.close()
  await rm(around, { recursive: true, force: true })
})

/** The words of a command, those in quotes as one. */
function words(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '')
}

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** One of the commands between which a line has `|`: the tool or a script, with a file or what came before it on stdin. */
async function perform(command: string, before: string): Promise<Ended> {
  const [called = '', file] = command.split(' < ')
  const [first, second = '', ...rest] = words(called)
  const args = first === 'npx' ? [program, ...rest] : [join(folder, second), ...rest]
  expect([first, second]).toEqual(
    first === 'npx' ? ['npx', 'salesforce-connector'] : ['node', expect.stringMatching(/^dist\/.*\.mjs$/)],
  )
  const stdin = file === undefined ? before : await readFile(join(folder, file), 'utf8')
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('SALESFORCE_'))
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(process.execPath, args, { cwd: folder, env: Object.fromEntries(own) })
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', (part: string) => (stdout += part))
    child.stderr?.setEncoding('utf8').on('data', (part: string) => (stderr += part))
    child.stdin?.on('error', () => undefined)
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, stdout, stderr })
    })
    child.stdin?.end(stdin)
  })
}

test('there is a command in most pages, and each is known', () => {
  expect(new Set(commands.map(({ page }) => page)).size).toBeGreaterThan(6)
  const strangers = commands.filter(
    (command) => !isOther(command) && !/^(npx salesforce-connector |node dist\/)/.test(command.line),
  )
  expect(strangers).toEqual([])
  expect(lines).toContain(byHand.line)
})

test.each(lines)('%s', async (line) => {
  let ended: Ended = { code: 0, stdout: '', stderr: '' }
  for (const command of line.split(' | ')) ended = await perform(command, ended.stdout)
  const shown = `${ended.stdout}\n${ended.stderr}`
  expect({ code: ended.code, shown }).toEqual({ code: exitsWith1(line) ? 1 : 0, shown })
  expect(shown).not.toContain(seedCredentials.clientSecret)
  if (line === byHand.line) expect(JSON.parse(ended.stdout)).toEqual(JSON.parse(byHand.answer))
  const out = / --out (\S+)/.exec(line)?.[1]
  expect(out === undefined || existsSync(join(folder, out))).toBe(true)
})

test('the tables of the tool have every command', () => {
  const named = table(section(text('README.md'), '## The tool')).map(([name]) => name)
  expect(named.filter((name) => name !== 'doctor' || names.includes(name))).toEqual(names)
  const flags = [...text('docs/tool.md').matchAll(/`(--[a-z-]+)/g)].map(([, flag]) => flag)
  const known = tool.commands.flatMap(({ options }) => options.map(({ long }) => long))
  expect(flags.length).toBeGreaterThan(10)
  expect(flags.filter((flag) => flag !== '--help' && !known.includes(flag))).toEqual([])
})

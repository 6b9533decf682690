import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Command } from 'commander'
import { completionScript, shells } from '../../cli/completion/completion.ts'
import { readConnector, settingNames } from '../../cli/lib/connector.ts'
import { environmentName } from '../../cli/lib/environment.ts'
import { createProgram } from '../../cli/main.ts'
import type { Terminal } from '../../cli/lib/terminal.ts'
import { unzip } from '../../cli/package/unzip.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import { startSimulator } from '../../simulator/server.ts'
import { root } from '../process.ts'
import { cells } from '../matrix.ts'
import { connectors, packageFor } from './packages.ts'
import { environmentFor, sample, tool, withFolder } from './tool.ts'

const silent: Terminal = { width: 80, hasColour: false, write: () => undefined }
const program = createProgram({ root, cwd: root, env: {}, out: silent, err: silent })

/** Every command by its words, those of commands that have commands too. */
function allCommands(command: Command, path: readonly string[] = []): [string, Command][] {
  return command.commands.flatMap((inner): [string, Command][] => {
    const words = [...path, inner.name()]
    return [[words.join(' '), inner], ...allCommands(inner, words)]
  })
}
const commands = allCommands(program)
const names = program.commands.map((command) => command.name())
const { actions } = JSON.parse(
  readFileSync(join(root, 'connectors', 'salesforce-scim', 'manifest.json'), 'utf8'),
) as { actions: string[] }

test('the commands and their flags stay as they are', () => {
  const shown = commands.map(([name, command]) => [
    name,
    ...command.registeredArguments.map((argument) =>
      argument.required ? `<${argument.name()}>` : `[${argument.name()}]`,
    ),
    ...command.options.map(({ flags, argChoices, defaultValue, mandatory }) =>
      [
        flags,
        ...(mandatory ? ['required'] : []),
        ...(argChoices === undefined ? [] : [argChoices.join('|')]),
        ...(defaultValue === undefined ? [] : [`= ${JSON.stringify(defaultValue)}`]),
      ].join(' '),
    ),
  ])
  expect(shown.map((words) => words.join('\n  ')).join('\n')).toMatchSnapshot()
})

test.each(connectors)(
  'the manifest of %s, its settings, slots and files stay as they are',
  async (connector) => {
    const { manifest, bytes } = await packageFor(connector)
    const settings = manifest.settings.map(({ key, required, secret }) =>
      [key, ...(required ? ['required'] : []), ...(secret ? ['secret'] : [])].join(' '),
    )
    const files = unzip(bytes).map(({ name }) => name)
    // The version is for the changelog to tell, and labels may be said better.
    expect({ ...manifest, version: '', settings, files }).toMatchSnapshot()
  },
)

test.each(readdirSync(join(root, 'schemas')))('the published %s stays as it is', (file) => {
  expect(JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8'))).toMatchSnapshot()
})

test.each(commands.filter(([, command]) => command.commands.length === 0))(
  '%s --help says what it is for, with an example',
  async (name, command) => {
    const { code, stdout, stderr } = await tool([...name.split(' '), '--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`Usage: salesforce-connector ${name}`)
    expect(stdout.replace(/\s+/g, ' ')).toContain(command.description())
    expect(stdout).toMatch(/\nExamples?:\n +\S/)
  },
)

test.each<[string, string[], number, RegExp, 'stdout' | 'stderr']>([
  ['--help', ['--help'], 0, /Commands:\n {2}run /, 'stdout'],
  ['help and a command', ['help', 'run'], 0, /--apply/, 'stdout'],
  ['--version', ['--version'], 0, /^\d+\.\d+\.\d+\n$/, 'stdout'],
  ['nothing', [], 2, /Commands:\n {2}run /, 'stderr'],
  ['a command that is none', ['rnu'], 2, /unknown command 'rnu'\n\(Did you mean run\?\)/, 'stderr'],
  ['a shell that is none', ['completion', 'fish'], 2, /Allowed choices are bash, zsh, pwsh/, 'stderr'],
  [
    'a dialect that is none',
    ['simulate', '--dialect', 'x'],
    2,
    /--dialect takes documented, pilot or switch=value, not "x"/,
    'stderr',
  ],
  [
    'a fault that is none',
    ['demo', '--fault', 'x:/y'],
    2,
    /there is no fault "x"\. There is: 401,/,
    'stderr',
  ],
  ['a port that is none', ['simulate', '--port', 'x'], 2, /--port takes a whole number/, 'stderr'],
])('with %s the tool ends as it should', async (_what, args, exitCode, said, stream) => {
  const run = await tool(args)
  expect(run.code).toBe(exitCode)
  expect(run[stream]).toMatch(said)
  expect(run[stream === 'stdout' ? 'stderr' : 'stdout']).toBe('')
})

/** The flagship tells it in demo.test.ts; in the other dialect and under faults in the full run alone. */
const told = cells(
  [
    ['salesforce-scim', 'pilot', 'lost:POST /scim/v2/Users', 'cut:GET /Users'],
    ['salesforce-apex-rest', 'documented', 'lost:POST /composite:2', 'cut:GET /query'],
  ],
  ([name]) => name === 'salesforce-apex-rest',
)

test.each(told)(
  'demo tells the story by %s in an org of the dialect %s, and under faults, too',
  async (name, dialect, ...met) => {
    const faults = [...met, '503:/nowhere'].flatMap((fault) => ['--fault', fault])
    const args = ['demo', '--connector', name, '--dialect', dialect, '--users', '10', ...faults]
    const { code, stdout } = await tool(args, { env: { NO_COLOR: '1' } })
    for (const fault of met) {
      const times = fault.endsWith(':2') ? '2 times' : 'once'
      expect(stdout).toContain(`\nFault ${fault} was met ${times}.\n`)
    }
    expect(stdout).toContain('Fault 503:/nowhere was met by no request.')
    expect(stdout).toContain(`by the scripts of ${name}\n`)
    expect(stdout).toMatch(/^All 22 steps ended as they should: /m)
    expect(stdout.includes('SCIM')).toBe(name === 'salesforce-scim')
    expect(stdout).not.toContain('\u001b')
    expect(code).toBe(0)
  },
)

test('simulate runs an org that run can preview an action in, until it is stopped', async () => {
  let previewed: number | null = null
  const { stdout } = await tool(['simulate', '--port', '0', '--users', '5'], {
    onStart: (child) => {
      let text = ''
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8')
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
        if (url === undefined || !text.includes('Requests:') || previewed !== null) return
        previewed = -1
        void sample('enable', url)
          .then((stdin) => tool(['run', 'enable'], { stdin }))
          .then(({ code }) => {
            previewed = code
            child.kill('SIGTERM')
          })
      })
    },
  })
  expect(previewed).toBe(0)
  expect(stdout).toMatch(/^POST \/services\/oauth2\/token 200 /m)
})

describe('completion', () => {
  test.each(shells)('of %s knows every command, action and flag', async (shell) => {
    const { code, stdout } = await tool(['completion', shell])
    expect(code).toBe(0)
    const words = [
      ...names,
      'create',
      'revokePermission',
      '--apply',
      '--context',
      '--dialect',
      'pilot',
      'documented',
    ]
    expect(words.filter((word) => !stdout.includes(word))).toEqual([])
    expect((stdout.match(/[{(]/g) ?? []).length).toBeGreaterThan(3)
    // bash's and zsh's case patterns end with a bracket that nothing opens.
    if (shell === 'pwsh') {
      for (const [open, close] of ['{}', '()', '[]']) {
        expect(stdout.split(open ?? '').length).toBe(stdout.split(close ?? '').length)
      }
    }
  })

  test('works in a real bash', async () => {
    const bash = spawnSync('bash', ['--version'])
    const { stdout } = await tool(['completion', 'bash'])
    const complete = (...words: string[]): string[] => {
      const list = words.map((word) => `'${word}'`).join(' ')
      const ask = `COMP_WORDS=(salesforce-connector ${list}); COMP_CWORD=${words.length}; _salesforce_connector; echo "\${COMPREPLY[@]}"`
      const { stdout: reply } = spawnSync('bash', ['-c', `${stdout}\n${ask}`], {
        encoding: 'utf8',
        cwd: root,
      })
      return reply.trim().split(/\s+/)
    }
    // Where there is no bash, the tests of the text above are all there is.
    if (bash.status !== 0) return
    expect(complete('')).toEqual([...names, 'help', '--help', '--version'])
    expect(complete('run', 'up')).toEqual(['update'])
    expect(complete('run', 'update', '--a')).toEqual(['--allow-env', '--apply'])
    expect(complete('simulate', '--dialect', 'p')).toEqual(['pilot'])
    expect(complete('run', 'update', '--context', 'pack')).toEqual(expect.arrayContaining(['package.json']))
    expect(complete('completion', 'z')).toEqual(['zsh'])
    expect(complete('package', '--connector', '')).toEqual(connectors)
  })

  const zsh = spawnSync('zsh', ['--version']).status === 0 ? test : test.skip
  zsh('works in a real zsh (skipped where there is none)', async () => {
    const { stdout } = await tool(['completion', 'zsh'])
    const complete = (...words: string[]): string[] => {
      const list = words.map((word) => `'${word}'`).join(' ')
      // What the completion system would be told.
      const ask = `compdef() { }; compadd() { shift; print -r -- $@ }; _files() { print -r -- files }
${stdout}
words=(salesforce-connector ${list}); CURRENT=${words.length + 1}; _salesforce_connector`
      const reply = spawnSync('zsh', ['-f', '-c', ask], { encoding: 'utf8' })
      expect(reply.stderr).toBe('')
      return reply.stdout.trim().split(/\s+/)
    }
    expect(complete('')).toEqual([...names, 'help', '--help', '--version'])
    expect(complete('run', '')).toEqual(expect.arrayContaining(['update', '--apply']) as string[])
    expect(complete('simulate', '--dialect', '')).toEqual(['documented', 'pilot'])
    expect(complete('run', 'update', '--context', '')).toEqual(['files'])
    expect(complete('package', '--connector', '')).toEqual(connectors)
  })

  test('holds no word that a shell would read as code', () => {
    const evil = [{ name: 'run', values: ['$(rm)'], options: [] }]
    for (const shell of shells) expect(() => completionScript(shell, 'x', evil)).toThrow('not safe')
  })
})

describe('files for whoever begins', () => {
  test('.env.example names settings of every form, and no secret', async () => {
    const text = readFileSync(join(root, '.env.example'), 'utf8')
    const variables = [...text.matchAll(/^(?:# )?(SALESFORCE_\w+)=(.*)$/gm)].map(
      ([, name = '', value = '']) => [name, value] as const,
    )
    expect(variables.length).toBeGreaterThan(10)
    const [flagship = ''] = connectors
    const { form } = await readConnector(root, flagship)
    const known = (await settingNames(root)).map(environmentName)
    expect(variables.map(([name]) => name).filter((name) => !known.includes(name))).toEqual([])
    const filled = variables.filter(([, value]) => value !== '').map(([name]) => name)
    const secret = form.filter(({ isSecret }) => isSecret).map(({ key }) => environmentName(key))
    expect(secret.length).toBeGreaterThan(3)
    expect(filled.filter((name) => secret.includes(name))).toEqual([])
    expect(secret.filter((name) => !variables.some(([each]) => each === name))).toEqual([])
  })

  test('the launch configurations name files, actions and options that there are, for each connector', () => {
    const launch = JSON.parse(readFileSync(join(root, '.vscode', 'launch.json'), 'utf8')) as {
      inputs: { id: string; options?: string[]; default: string }[]
      configurations: { name: string; program: string; args: string[]; preLaunchTask?: string }[]
    }
    const inputs = new Map(launch.inputs.map((input) => [input.id, input]))
    expect(inputs.get('action')?.options).toEqual(actions.filter((name) => !name.startsWith('import')))
    expect(inputs.get('connector')?.options?.toSorted()).toEqual(connectors)
    expect(existsSync(join(root, inputs.get('context')?.default ?? ''))).toBe(true)
    const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object })
      .scripts
    const debugged = new Set<string>()
    for (const { name, program: path, args, preLaunchTask = '' } of launch.configurations) {
      const asked = [...args.join(' ').matchAll(/\$\{input:(\w+)\}/g)].map(([, id = '']) => id)
      expect([name, asked.filter((id) => !inputs.has(id))]).toEqual([name, []])
      expect([name, existsSync(path.replace('${workspaceFolder}', root))]).toEqual([name, true])
      // What is debugged is what was just built.
      expect(scripts).toHaveProperty([preLaunchTask.replace('npm: ', '')])
      const connector = connectors.find((each) => args.includes(each) || path.includes(`/${each}/`))
      if (connector !== undefined) debugged.add(`${connector} ${args[0] ?? ''}`)
      for (const context of args.filter((word) => word.endsWith('.json'))) {
        const samples = inputs
          .get('action')
          ?.options?.map((action) => context.replace('${input:action}', action))
        expect(samples?.filter((file) => !existsSync(join(root, file)))).toEqual([])
      }
      if (!path.endsWith('salesforce-connector.mjs')) continue
      const known = program.commands.find((each) => each.name() === args[0])
      const flags = known?.options.map(({ long }) => long)
      expect(args.filter((word) => word.startsWith('--') && !flags?.includes(word))).toEqual([])
    }
    const expected = connectors.flatMap((each) => [`${each} run`, `${each} --concurrency`])
    expect([...debugged].sort()).toEqual(expected.sort())
  })
})

describe('the package that npm makes', () => {
  test('holds the tool with all it needs: it runs where nothing is installed', async () => {
    const npm = npmProgram()
    await withFolder({}, async (folder) => {
      const args = [npm, 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
      const packed = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
      expect(packed.status).toBe(0)
      const [archive = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'))
      const files = await extract(join(folder, archive), folder)
      expect(
        files.filter((name) => /node_modules|\.env$|^package\/(shared|simulator|dist\/bench)\//.test(name)),
      ).toEqual([])
      const own = join(folder, 'package', 'dist', 'cli', 'salesforce-connector.mjs')
      expect(readFileSync(own, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)

      const help = await tool(['--help'], { program: own, cwd: folder })
      expect([help.code, help.stderr]).toEqual([0, ''])
      expect(help.stdout).toContain('Commands:')
      const org = await startSimulator()
      try {
        for (const name of connectors) {
          const stdin = await sample('create', org.url, name)
          const args = ['run', 'create', '--connector', name]
          const run = await tool(args, { program: own, cwd: folder, stdin })
          expect(run.code).toBe(0)
          expect(run.stdout).toContain('[DryRun] Would create Salesforce account')
        }
        const env = environmentFor(org.url)
        const imported = await tool(['import', '--format', 'table'], { program: own, cwd: folder, env })
        expect(imported.code).toBe(0)
        const person = join(folder, 'package', 'samples', 'persons', 'joiner.json')
        const mapped = await tool(['map', '--person', person, '--action', 'create'], {
          program: own,
          cwd: folder,
        })
        expect(mapped.code).toBe(0)
        // The bytes are those of the build, wherever and whenever the package is made.
        const elsewhere = { program: own, cwd: folder, env: { TZ: 'Asia/Tokyo', LANG: 'nl_NL.UTF-8' } }
        for (const name of connectors) {
          const made = await tool(['package', '--connector', name, '--out', `${name}.zip`], elsewhere)
          expect([made.code, made.stderr]).toEqual([0, ''])
          const bytes = await readFile(join(folder, `${name}.zip`))
          expect(bytes.equals((await packageFor(name)).bytes)).toBe(true)
        }
        expect(mapped.stdout).not.toContain(seedCredentials.clientSecret)
      } finally {
        await org.close()
      }
    })
  }, 60_000)
})

/** npm's own program: its command is a shell script on some systems. */
function npmProgram(): string {
  const bin = dirname(process.execPath)
  const candidates = [
    process.env['npm_execpath'] ?? '',
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const found = candidates.find((path) => /npm-cli\.c?js$/.test(path) && existsSync(path))
  if (found === undefined) throw new Error('npm is not where Node is')
  return found
}

/** Unpacks an archive of npm's: plain files in blocks of 512 bytes (POSIX ustar). */
async function extract(archive: string, folder: string): Promise<string[]> {
  const data = gunzipSync(await readFile(archive))
  const text = (start: number, length: number): string =>
    data.toString('utf8', start, start + length).replace(/\0.*$/s, '')
  const files: string[] = []
  for (let at = 0; at + 512 <= data.length && data[at] !== 0;) {
    const name = [text(at + 345, 155), text(at, 100)].filter((part) => part !== '').join('/')
    const size = parseInt(text(at + 124, 12), 8)
    if (text(at + 156, 1) === '0') {
      const path = join(folder, ...name.split('/'))
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, data.subarray(at + 512, at + 512 + size))
      files.push(name)
    }
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

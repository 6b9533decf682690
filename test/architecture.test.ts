import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { moduleImports } from '../cli/package/moduleImports.ts'
import {
  cycles,
  importsOf,
  isBarrel,
  loadsOf,
  type Rules,
  actionFileProblems,
  disallowedImports,
} from './architecture.ts'
import { root } from './process.ts'

/** Files below a folder as paths from the root, with `/` on every system. */
function filesIn(folder: string, ending: string): string[] {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => [folder, ...name.split(sep)].join('/'))
    .sort()
}

const textOf = (file: string): string => readFileSync(join(root, ...file.split('/')), 'utf8')
const connectors = readdirSync(join(root, 'connectors'))

/** Who may import whom, as the design has it. What has no line here may import nothing. */
const rules: Rules = {
  'shared/errors.ts': [],
  'shared/encoding.ts': ['shared/errors.ts', 'node:'],
  'shared/redact.ts': ['shared/secretForms.ts'],
  'shared/secretForms.ts': [],
  'shared/product.ts': [],
  'shared/visible.ts': [],
  'shared/log.ts': ['shared/errors.ts', 'shared/redact.ts', 'node:'],
  'shared/problems.ts': [],
  'shared/validate.ts': ['shared/errors.ts', 'shared/problems.ts', 'ajv'],
  'shared/language': ['shared/language', 'shared/errors.ts', 'shared/validate.ts'],
  // Pure: no module of Node, so no network, no clock, no process.
  'shared/plan.ts': [],
  'shared/scim': ['shared/scim', 'shared/plan.ts', 'shared/errors.ts', 'shared/validate.ts'],
  'shared/http': [
    'shared/http',
    'shared/errors.ts',
    'shared/redact.ts',
    'shared/log.ts',
    'shared/product.ts',
    'shared/validate.ts',
    'undici',
    'node:',
  ],
  'shared/host': [
    'shared/host',
    'shared/encoding.ts',
    'shared/language',
    'shared/errors.ts',
    'shared/redact.ts',
    'shared/log.ts',
    'shared/validate.ts',
    'shared/visible.ts',
    'generated',
    'node:',
  ],
  'shared/salesforce': [
    'shared/salesforce',
    'shared/language',
    'shared/scim',
    'shared/http',
    'shared/errors.ts',
    'shared/redact.ts',
    'shared/log.ts',
    'shared/product.ts',
    'shared/problems.ts',
    'shared/validate.ts',
    'node:',
  ],
  // What both connectors do, whatever they speak.
  'shared/lifecycle': [
    'shared/lifecycle',
    'shared/language',
    'shared/host',
    'shared/salesforce',
    'shared/http',
    'shared/plan.ts',
    'shared/errors.ts',
    'shared/redact.ts',
    'shared/log.ts',
    'shared/problems.ts',
    'shared/validate.ts',
  ],
  // Hashes make names of resources unique and stable.
  'shared/lifecycle/permissions/resources/resource.ts': [
    'shared/lifecycle',
    'shared/salesforce',
    'shared/errors.ts',
    'shared/validate.ts',
    'node:crypto',
  ],
  ...Object.fromEntries(
    connectors.map((name) => [`connectors/${name}`, [`connectors/${name}`, 'doctor', 'shared', 'generated']]),
  ),
  // A program of its own: it asks harmless questions with the connectors' own client.
  doctor: ['doctor', 'shared'],
  // The other side of the wire: a parser that both sides shared would share its mistakes.
  simulator: ['simulator', 'node:'],
  // The engine of field mappings: a host will use it as the tool does.
  mapping: ['mapping', 'shared/errors.ts', 'shared/validate.ts', 'node:'],
  // Starts actions as processes, over JSON.
  cli: [
    'cli',
    'mapping',
    'simulator',
    'shared/host',
    'shared/encoding.ts',
    'shared/errors.ts',
    'shared/redact.ts',
    'shared/log.ts',
    'shared/validate.ts',
    // The published schemas, compiled: a manifest and an index are not a connector's.
    'generated/packageManifest.cjs',
    'generated/catalogIndex.cjs',
    'commander',
    'dotenv',
    'node:',
  ],
}

const sources = ['shared', 'connectors', 'doctor', 'simulator', 'mapping', 'cli'].flatMap((folder) =>
  filesIn(folder, '.ts'),
)
const imports = sources.flatMap((file) => importsOf(file, textOf(file)))

/** Folders with more than 20 files (8 at the top of cli and simulator), and names that more than three files have. */
function crowded(files: readonly string[]): string[] {
  const isAction = (file: string): boolean => /^connectors\/[^/]+\/[^/]+$/.test(file)
  const count = (keys: readonly string[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
    return counts
  }
  const folders = count(files.map((file) => posix.dirname(file)))
  const names = count(files.filter((file) => !isAction(file)).map((file) => posix.basename(file)))
  const most = (folder: string): number => (['cli', 'simulator'].includes(folder) ? 8 : 20)
  return [
    ...[...folders].filter(([folder, number]) => number > most(folder)).map(([folder]) => folder),
    ...[...names].filter(([, number]) => number > 3).map(([name]) => name),
  ]
}

describe('the dependency rule', () => {
  test('every file imports only what its layer may', () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(disallowedImports(imports, rules)).toEqual([])
  })

  test('no module imports itself, however long the way round', () => {
    expect(cycles(imports)).toEqual([])
  })

  test('ajv is imported for its types only', () => {
    const ajv = imports.filter(({ target }) => target === 'ajv' || target.startsWith('ajv/'))
    expect(ajv.map(({ from, isTypeOnly }) => [from, isTypeOnly])).toEqual([['shared/validate.ts', true]])
  })

  test('every file that is imported exists, by its whole name', () => {
    const relative = imports.filter(({ specifier }) => specifier.startsWith('.'))
    expect(relative.filter(({ specifier }) => !/\.(ts|cjs)$/.test(specifier))).toEqual([])
    const missing = relative.filter(({ target }) => !existsSync(join(root, ...target.split('/'))))
    expect(missing.map(({ from, target }) => `${from} -> ${target}`)).toEqual([])
  })

  test('rooms stay small', () => {
    const all = [
      'shared',
      'connectors',
      'doctor',
      'simulator',
      'mapping',
      'cli',
      'reliability',
      'bench',
      'scripts',
    ].flatMap((folder) => [...filesIn(folder, '.ts'), ...filesIn(folder, '.mjs'), ...filesIn(folder, '.cjs')])
    expect(crowded(all)).toEqual([])
    const long = all.filter((file) => textOf(file).split('\n').length > 401)
    expect(long).toEqual([])
  })

  test('no file is a barrel', () => {
    expect(sources.filter((file) => isBarrel(file, textOf(file)))).toEqual([])
  })

  test('names are exported, defaults are not', () => {
    const isDefault = (file: string): boolean => /^export default|as default\b/m.test(textOf(file))
    expect(sources.filter((file) => !file.endsWith('.d.ts') && isDefault(file))).toEqual([])
  })

  test('every package that is imported is one that the project declares', () => {
    const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Record<string, object>
    const declared = Object.keys({ ...dependencies, ...devDependencies })
    const packages = imports
      .filter(({ specifier }) => !specifier.startsWith('.') && !specifier.startsWith('node:'))
      .map(({ target }) => target.split('/')[0] ?? '')
    expect([...new Set(packages)].filter((name) => !declared.includes(name))).toEqual([])
  })
})

describe.each(connectors)('the actions of %s', (connector) => {
  const { actions, worker } = JSON.parse(textOf(`connectors/${connector}/manifest.json`)) as {
    actions: string[]
    worker?: boolean
  }
  const programs = worker === true ? [...actions, 'worker'] : actions

  test('read like a story: short, without addresses, verbs and catches', () => {
    const files = actions.map((action) => `connectors/${connector}/${action}.ts`)
    expect(files.flatMap((file) => actionFileProblems(file, textOf(file)))).toEqual([])
  })

  test('are built as one file each, with the worker where there is one, and nothing else is', () => {
    const built = filesIn(`dist/${connector}`, '')
    expect(built).toEqual(programs.map((program) => `dist/${connector}/${program}.mjs`).sort())
  })

  test('begin with the licenses of what others wrote in them', () => {
    const missing = programs.flatMap((program) => {
      const head = textOf(`dist/${connector}/${program}.mjs`).split('*/')[0] ?? ''
      const expected = ['/*!', 'undici 7.', 'Matteo Collina', 'Fedor Indutny', 'ajv 8.', 'Evgeny Poberezkin']
      return expected.filter((text) => !head.includes(text)).map((text) => `${program}: ${text}`)
    })
    expect(missing).toEqual([])
  })

  test('load nothing but modules of Node', () => {
    for (const program of programs) {
      const loads = moduleImports(textOf(`dist/${connector}/${program}.mjs`))
      expect(loads.length).toBeGreaterThan(3)
      expect(loads.filter((name) => !name.startsWith('node:'))).toEqual([])
    }
  })

  // The worker has nearly all modules of a connector in it, and the parser of the compiler takes a second for each program.
  test('load what the parser of the compiler finds in the worker', () => {
    const text = textOf(`dist/${connector}/worker.mjs`)
    expect(loadsOf('worker.mjs', text).sort()).toEqual(moduleImports(text).sort())
  })
})

describe('the checks themselves', () => {
  const importing = (from: string, ...targets: string[]) =>
    importsOf(from, targets.map((target) => `import { x } from '${target}'`).join('\n'))

  test.each([
    ['connectors/salesforce-scim/create.ts', '../salesforce-apex-rest/create.ts'],
    ['connectors/salesforce-scim/create.ts', '../../mapping/mapFields.ts'],
    ['mapping/mapFields.ts', '../cli/tool.ts'],
    ['mapping/mapFields.ts', '../shared/plan.ts'],
    ['connectors/salesforce-scim/create.ts', '../../simulator/org/org.ts'],
    ['connectors/salesforce-scim/create.ts', 'undici'],
    ['connectors/salesforce-scim/create.ts', 'node:fs'],
    ['simulator/scim/filter.ts', '../../shared/scim/filter.ts'],
    ['simulator/scim/filter.ts', 'ajv'],
    ['shared/scim/patch.ts', '../http/client.ts'],
    ['shared/scim/patch.ts', 'node:crypto'],
    ['shared/host/run.ts', '../salesforce/session.ts'],
    ['shared/salesforce/session/session.ts', '../../action/budget.ts'],
    ['shared/salesforce/session/session.ts', 'undici'],
    ['shared/errors.ts', './log.ts'],
    ['cli/run.ts', '../connectors/salesforce-scim/create.ts'],
    ['cli/run.ts', '../generated/configuration.cjs'],
    ['elsewhere/new.ts', 'node:fs'],
  ])('%s may not import %s', (from, target) => {
    expect(disallowedImports(importing(from, target), rules)).toHaveLength(1)
  })

  test.each([
    ['connectors/salesforce-scim/create.ts', '../../shared/scim/patch.ts'],
    ['connectors/salesforce-scim/create.ts', './org.ts'],
    ['shared/http/client.ts', 'undici/lib/dispatcher/pool.js'],
    ['simulator/scim/filter.ts', 'node:http'],
    ['cli/run.ts', 'commander'],
    ['cli/run.ts', '../mapping/mapFields.ts'],
  ])('%s may import %s', (from, target) => {
    expect(disallowedImports(importing(from, target), rules)).toEqual([])
  })

  test('an import is found in every form', () => {
    const forms = [
      `import './a.ts'`,
      `import b from './b.ts'`,
      `import type { C } from './c.ts'`,
      `export { d } from './d.ts'`,
      `export * from './e.ts'`,
      `const f = await import('./f.ts')`,
      `const g = require('./g.ts')`,
      `type H = import('./h.ts').H`,
    ]
    const found = importsOf('shared/x.ts', forms.join('\n')).map(({ target }) => target)
    expect(found.sort()).toEqual([...'abcdefgh'].map((name) => `shared/${name}.ts`))
  })

  test('an import of types is told from one of values', () => {
    const [types, values] = [`import type { A } from 'ajv'`, `import { A } from 'ajv'`]
    expect(importsOf('x.ts', types)[0]?.isTypeOnly).toBe(true)
    expect(importsOf('x.ts', values)[0]?.isTypeOnly).toBe(false)
    expect(importsOf('x.ts', `${types}\n${values}`).some(({ isTypeOnly }) => isTypeOnly)).toBe(false)
  })

  test('a cycle is found, however long, and each once', () => {
    const long = [
      ...importing('a/1.ts', './2.ts'),
      ...importing('a/2.ts', './3.ts', './4.ts'),
      ...importing('a/3.ts', './1.ts'),
    ]
    expect(cycles(long)).toEqual(['a/1.ts -> a/2.ts -> a/3.ts -> a/1.ts'])
    expect(cycles(importing('a/1.ts', './1.ts'))).toEqual(['a/1.ts -> a/1.ts'])
    expect(cycles(importing('a/1.ts', './2.ts', './3.ts'))).toEqual([])
  })

  test('a crowded folder is found, and a name that too many files have', () => {
    const numbered = (folder: string, number: number): string[] =>
      Array.from({ length: number }, (_, index) => `${folder}/${index}.ts`)
    expect(crowded(numbered('shared/http', 20))).toEqual([])
    expect(crowded(numbered('shared/http', 21))).toEqual(['shared/http'])
    expect(crowded(numbered('cli', 9))).toEqual(['cli'])
    expect(crowded(['a/x.ts', 'b/x.ts', 'c/x.ts'])).toEqual([])
    expect(crowded(['a/x.ts', 'b/x.ts', 'c/x.ts', 'd/x.ts'])).toEqual(['x.ts'])
    expect(
      crowded(
        numbered('connectors/a', 3).concat(
          numbered('connectors/b', 3),
          numbered('connectors/c', 3),
          numbered('connectors/d', 3),
        ),
      ),
    ).toEqual([])
  })

  test('a barrel is found in every form', () => {
    expect(isBarrel('x.ts', `export * from './a.ts'`)).toBe(true)
    expect(isBarrel('x.ts', `export { a } from './a.ts'`)).toBe(true)
    expect(isBarrel('x.ts', `import { a } from './a.ts'\nexport { a as b }`)).toBe(true)
    expect(isBarrel('x.ts', `const a = 1\nexport { a }`)).toBe(false)
  })

  test('an action file that does more than tell its story is found', () => {
    expect(actionFileProblems('x.ts', 'a()\n'.repeat(79))).toEqual([])
    expect(actionFileProblems('x.ts', 'a()\n'.repeat(80))).toHaveLength(1)
    expect(actionFileProblems('x.ts', `try { a() } catch { b() }`)).toHaveLength(1)
    expect(actionFileProblems('x.ts', `send({ method: 'PATCH' })`)).toHaveLength(1)
    expect(actionFileProblems('x.ts', 'send(`/services/scim/v2/Users/${id}`)')).toHaveLength(1)
    expect(actionFileProblems('x.ts', `send('https://acme.example')`)).toHaveLength(1)
  })

  test('a bundle that loads something else is found, also when what it loads is not known before', () => {
    const loads = loadsOf('x.mjs', `import 'undici'; __require('ajv'); require(name); import('./y.mjs')`)
    expect(loads).toEqual(['undici', 'ajv', 'require(name)', './y.mjs'])
  })
})

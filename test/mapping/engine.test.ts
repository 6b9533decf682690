import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openMapper } from '../../cli/map/mapper.ts'
import { ScriptEngine } from '../../mapping/engine/engine.ts'
import type { Person } from '../../mapping/mapFields.ts'
import { root } from '../process.ts'
import { withFolder } from '../cli/tool.ts'
import { joined, mappingOf } from './mappings.ts'

const limits = { scriptMilliseconds: 500, batchMilliseconds: 750 }

/** Runs scripts on persons, each script a field of its own: values, or faults. */
async function runOn(persons: readonly Person[], scripts: readonly string[]): Promise<unknown[][]> {
  const fields = scripts.map((script, index) => mappingOf('Complex', script, { name: `f${index}` }))
  const mapper = openMapper(root, joined(...fields), limits)
  try {
    const mapped = await mapper.map(persons.map((person) => ({ person, stage: 'Create' as const })))
    return mapped.map((row) => row.map(({ value, fault }) => fault ?? value))
  } finally {
    mapper.close()
  }
}

const run = async (scripts: readonly string[]): Promise<unknown[]> => (await runOn([{}], scripts))[0] ?? []

/** Whatever has a way to the process, the network, files or modules. */
const names = [
  'process',
  'require',
  'module',
  'fetch',
  'WebSocket',
  'Buffer',
  'setTimeout',
  'setImmediate',
  'queueMicrotask',
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'Promise',
  'console',
  '$global',
]

describe('a script reaches nothing but its person', () => {
  test('by a name', async () => {
    expect(await run([names.map((name) => `typeof ${name}`).join(' + ')])).toEqual([
      'undefined'.repeat(names.length),
    ])
  })

  test.each([
    ["this.constructor.constructor('return process')()"],
    ["deleteDiacriticalMarks.constructor('return process')()"],
    ["(function* () {}).constructor('return process')()"],
    ["(async function () {}).constructor('return process')()"],
    ["Person.constructor.constructor('return process')()"],
    ["Person.Accounts.X.constructor.constructor('return process')()"],
    ["eval('process')"],
    ["(0, eval)('process')"],
    ["delete globalThis.eval; eval('process')"],
    ["globalThis.eval('process')"],
    ["new Function('return process')()"],
    ["Reflect.construct(Function, ['return process'])()"],
    ["Function.prototype.constructor('return process')()"],
  ])('by text as code: %s', async (script) => {
    expect((await run([script]))[0]).toMatch(/the script failed on line 1: (EvalError|TypeError)/)
  })

  test.each([
    ["import('node:fs')"],
    ["import<!-- a comment\n('node:fs')"],
    ["import/* ( */('node:fs').then(function (fs) { fs.writeFileSync('x', '') })"],
    ["import//\n('node:fs')"],
    ["x = 1 / import('node:fs') / 2"],
    ['`${import("node:fs")}`'],
    ["\\u0069mport('node:fs')"],
  ])('by a module: %j', async (script) => {
    expect((await run([script]))[0]).toMatch(/the script failed on line \d: (it uses import\(\)|SyntaxError)/)
  })

  test('by what the engine itself runs on: frames of its stack show no object', async () => {
    const format = 'function (error, frames) { return "frames" }'
    const look = 'try { null.x } catch (error) { String(error.stack).slice(0, 9) }'
    const found = await run([
      `Error.prepareStackTrace = ${format}; ${look}`,
      `globalThis.Error = { prepareStackTrace: ${format} }; ${look}`,
      `Object.defineProperty(globalThis, 'Error', { value: { prepareStackTrace: ${format} } }); ${look}`,
      `Object.defineProperty(Error, 'prepareStackTrace', { value: ${format} }); ${look}`,
      `TypeError.prepareStackTrace = ${format}; ${look}`,
      `delete globalThis.Error; Error = { prepareStackTrace: ${format} }; ${look}`,
    ])
    expect(found.filter((value) => value === 'frames')).toEqual([])
    expect(await run(["$take$() + ''"])).toEqual([''])
  })

  test('import and async are words as others, where they are not used', async () => {
    expect(
      await run([
        "// import('x') and async function f() {}\n'a'",
        '\'import(\' + "async (x)" + `import(`',
        "'\\import' + /import\\s*\\(/.test('import (')",
        "var important = { import: 1, async: 2 }; important.import + '' + important.async",
        "var async = 'asynchronous'; async",
      ]),
    ).toEqual(['a', 'import(async (x)import(', 'importtrue', '12', 'asynchronous'])
  })

  test('asynchronous code has no value, and what it leaves behind is over before the next person', async () => {
    const leave = '(async function () { await 0; leaked = 1; String.prototype.leaked = 1 })(); "x"'
    const rows = await runOn([{}, {}], ['(async () => "x")()', leave, "typeof leaked + typeof ''.leaked"])
    const row = ['the script is asynchronous, and hosts do not wait for it.', 'x', 'undefinedundefined']
    expect(rows).toEqual([row, row])
  })
})

describe('a script leaves nothing', () => {
  const persons = Array.from({ length: 60 }, (_, index) => ({ ExternalId: String(index), Tags: ['b', 'a'] }))

  test.each([
    [
      'the person',
      "Person.ExternalId = 'x'; Person.Tags.sort().push('c'); ''",
      'Person.ExternalId + Person.Tags',
      '0b,a',
    ],
    [
      'an undeclared name',
      "shared = (typeof shared === 'undefined' ? '' : shared) + 'x'; shared",
      'typeof shared',
      'undefined',
    ],
    [
      'var, let and function',
      "var v = 1; let l = 2; function f() {}; ''",
      'typeof v + typeof l + typeof f',
      'undefinedundefinedundefined',
    ],
    [
      'a defined global',
      "Object.defineProperty(globalThis, 'kept', { value: 1 }); ''",
      'typeof kept',
      'undefined',
    ],
    ['a method of a built-in', "String.prototype.trim = null; ''", "' 0 '.trim()", '0'],
    [
      'a new method of a built-in',
      "String.prototype.initial = function () { return this.charAt(0) }; 'abc'.initial()",
      "typeof ''.initial",
      'undefined',
    ],
    [
      'a polluted prototype',
      "Object.prototype.ExternalId = 'x'; Object.prototype.toJSON = function () { return 'y' }; ''",
      '({}).ExternalId === undefined',
      'true',
    ],
    ['a property of a function', "JSON.parse.kept = 1; ''", 'typeof JSON.parse.kept', 'undefined'],
    ['a frozen built-in', "Object.freeze(Array.prototype); ''", 'Object.isFrozen(Array.prototype)', 'false'],
    [
      'a prototype of generators',
      "Object.getPrototypeOf(function* () {}).kept = 1; ''",
      'typeof (function* () {}).kept',
      'undefined',
    ],
    ['the last match', "/(x)/.exec('x'); ''", 'RegExp.$1', ''],
  ])('to the next script or person: %s', async (_, spoil, look, expected) => {
    const rows = await runOn(persons, [spoil, look, spoil])
    expect(rows.map(([, value]) => value)).toEqual(
      persons.map(({ ExternalId }) =>
        expected.startsWith('0')
          ? expected.replace('0', look.includes('Person') ? ExternalId : '0')
          : expected,
      ),
    )
    // Every run of it finds what the first found.
    expect(new Set(rows.flatMap(([first, , last]) => [first, last])).size).toBe(1)
  })
})

describe('a script that does not end is ended, and the others are mapped', () => {
  const endless: readonly (readonly [what: string, script: string])[] = [
    ['loops', 'while (true) {}'],
    ['loops later', '(async function () { for (;;) {} })()'],
    ['goes on and on later', '(async function f() { await 0; for (;;) await 0 })(); "x"'],
    ["has a method async 'x'()", "({ async 'x'() { for (;;) await 0 } }).x(); 'x'"],
    ['has a getter that loops', '({ get toString() { for (;;) {} } }) + ""'],
    ['throws an error whose getter loops', 'throw { get message() { for (;;) {} } }'],
    [
      'gives a list whose items loop',
      "Object.defineProperty([1], '0', { get: function () { for (;;) {} } })",
    ],
    ['gives a Proxy that loops', 'new Proxy([], { get: function () { for (;;) {} } })'],
    ['backtracks', "/^(a+)+$/.test('a'.repeat(50) + 'b')"],
  ]

  test('whatever it does', async () => {
    const values = await run(["'before'", ...endless.map(([, script]) => script), "'after'"])
    const named = endless.map(([what], index) => [what, values[index + 1]])
    const stopped = 'the script failed: it did not end in time and was stopped.'
    expect(named).toEqual(endless.map(([what]) => [what, stopped]))
    expect([values[0], values.at(-1)]).toEqual(['before', 'after'])
  })

  test('and it is not run for every person', async () => {
    const rows = await runOn(
      Array.from({ length: 6 }, () => ({})),
      ['for (;;) {}', "'good'"],
    )
    expect(rows.map(([, value]) => value)).toEqual(rows.map(() => 'good'))
    expect(rows[5]?.[0]).toContain('and it is not run again')
  })

  test.each([
    ['lists', 'var a = []; for (;;) a.push(new Array(1000).fill({}))'],
    ['texts', "var a = []; for (;;) a.push(('x' + a.length).repeat(100000).split('').join('-'))"],
  ])('also where it uses up the memory, with %s', async (_, script) => {
    const [before, fault, after] = await run(["'before'", script, "'after'"])
    expect([before, after]).toEqual(['before', 'after'])
    expect(fault).toMatch(/it needed more than 256 MB of memory|did not end in time/)
  })

  test('a value that is too long, or a list of too many, is a fault', async () => {
    expect(await run(["'x'.repeat(2000000)", 'new Array(20000)'])).toEqual([
      'the script failed: RangeError: the value has 2000000 characters',
      'the script failed: RangeError: the value is a list of 20000',
    ])
  })
})

test('the process has no environment, no files and no processes', async () => {
  await withFolder({}, async (folder) => {
    const file = join(folder, 'written')
    // In the place of the engine's program: what Node lets it do.
    const program = `
      const tell = (compiled) => process.stdout.write(JSON.stringify({ compiled }) + '\\n')
      const tryOut = (work) => { try { work(); return 'done' } catch (error) { return error.code } }
      process.stdin.once('data', () => tell([
        { fault: tryOut(() => require('node:fs').writeFileSync(${JSON.stringify(file)}, '')) },
        { fault: tryOut(() => require('node:fs').readFileSync(process.execPath)) },
        { fault: tryOut(() => require('node:child_process').spawnSync('true')) },
        { fault: tryOut(() => new (require('node:worker_threads').Worker)('', { eval: true })) },
        { fault: Object.keys(process.env).join() },
      ]))`
    const engine = new ScriptEngine(() => program, ['1', '2', '3', '4', '5'])
    try {
      const [row = []] = await engine.run([{ person: '{}', iteration: 0, scripts: [0, 1, 2, 3, 4] }])
      const refused = { fault: 'ERR_ACCESS_DENIED' }
      expect(row).toEqual([refused, refused, refused, refused, { fault: 'TZ' }])
    } finally {
      engine.close()
    }
    expect(existsSync(file)).toBe(false)
  })
})

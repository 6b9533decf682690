// `npm test`'s types and lint: one program for tsc's diagnostics and for the rules, which ask the same checker; two cost half as
// much again. A file is looked at again where it, or one that it imports, has changed since all were found good.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const record = join(root, 'generated', 'types.json')

const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), undefined, {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
    throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
  },
})

/** Of every file that is looked at, and of what they import without being one of these, the contents and the imports. */
const files = new Map()
for (const name of config.fileNames) read(resolve(name))

const decisive = ['package-lock.json', 'tsconfig.json', 'eslint.config.js', 'scripts/types.mjs']
const rules = hash(decisive.map((name) => readFileSync(join(root, name), 'utf8')).join())
const before = readRecord()
const stale = config.fileNames.map((name) => resolve(name)).filter(hasChanged())

if (stale.length > 0) {
  const program = ts.createProgram({ rootNames: config.fileNames, options: config.options })
  const diagnostics = [
    ...config.errors,
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...stale.flatMap((name) => {
      const file = program.getSourceFile(name)
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    }),
  ]
  const isLinted = await lint(program)
  if (diagnostics.length > 0) console.log(ts.formatDiagnosticsWithColorAndContext(diagnostics, formatHost()))
  if (diagnostics.length > 0 || !isLinted) {
    process.exitCode = 1
    await rm(record, { force: true })
  } else {
    await mkdir(dirname(record), { recursive: true })
    const hashes = Object.fromEntries([...files].map(([name, file]) => [name, file.hash]))
    await writeFile(record, JSON.stringify({ rules, hashes }))
  }
}

async function lint(program) {
  const parserOptions = { projectService: false, programs: [program] }
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions } },
  })
  const results = await eslint.lintFiles(stale)
  const text = await (await eslint.loadFormatter('stylish')).format(results)
  if (text !== '') console.log(text)
  return results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0)
}

function read(name) {
  if (files.has(name)) return
  const text = existsSync(name) ? readFileSync(name, 'utf8') : ''
  const imports = ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolve(dirname(name), fileName))
    // The types of a .cjs file are in its .d.cts.
    .flatMap((path) => (path.endsWith('.cjs') ? [path, path.replace(/\.cjs$/, '.d.cts')] : [path]))
  files.set(name, { hash: hash(text), imports })
  imports.forEach(read)
}

/** Whether a file, or any that it imports, is another than when all were good. */
function hasChanged() {
  const importers = new Map()
  for (const [name, { imports }] of files) {
    for (const path of imports) importers.set(path, [...(importers.get(path) ?? []), name])
  }
  const changed = new Set()
  const visit = (name) => {
    if (changed.has(name)) return
    changed.add(name)
    importers.get(name)?.forEach(visit)
  }
  for (const [name, file] of files) if (before.hashes[name] !== file.hash) visit(name)
  return (name) => changed.has(name)
}

function readRecord() {
  try {
    const found = JSON.parse(readFileSync(record, 'utf8'))
    return found.rules === rules ? found : { hashes: {} }
  } catch {
    return { hashes: {} }
  }
}

function hash(text) {
  return createHash('sha256').update(text).digest('base64')
}

function formatHost() {
  return { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' }
}

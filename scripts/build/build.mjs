// Compiles the JSON Schemas to validators (generated/), then bundles every action into one self-contained file (dist/).
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import { build } from 'esbuild'
import { describeBuild } from './provenance.mjs'
import { addNotices, writeNotices } from './notices.mjs'
import { trimUndici } from './trimUndici.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values: options } = parseArgs({
  options: { quiet: { type: 'boolean' }, 'source-maps': { type: 'boolean' } },
})

/** Where each schema is, and what it is called in generated/. */
const schemas = [
  { file: 'shared/host/context.ts', name: 'actionInputSchema', validator: 'actionInput' },
  {
    file: 'connectors/salesforce-scim/configuration.ts',
    name: 'configurationSchema',
    validator: 'configuration',
  },
  {
    file: 'connectors/salesforce-apex-rest/configuration.ts',
    name: 'configurationSchema',
    validator: 'restConfiguration',
  },
]

/** Schemas that are published as they are: the same text validates. */
const published = [
  { file: 'schemas/manifest.schema.json', validator: 'packageManifest' },
  { file: 'schemas/catalog.schema.json', validator: 'catalogIndex' },
]

/** undici is CommonJS and requires Node's modules when it first needs them. */
const banner = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`

/** Node's own modules go by their full names, so that a reader of a bundle sees that it imports nothing else. */
const nodePrefix = {
  name: 'node-prefix',
  setup({ onResolve }) {
    const names = builtinModules.filter((name) => !name.startsWith('_')).join('|')
    onResolve({ filter: new RegExp(`^(${names})$`) }, ({ path }) => ({
      path: `node:${path}`,
      external: true,
    }))
  },
}

/**
 * The most kilobytes that a script may have: V8 reads all of it at each start, which takes 1.4 ms for 100 kB (measured on Node
 * 20). The worker starts once and has every action.
 */
const budgets = { script: 760, worker: 860, mappingEngine: 24 }

/** Fields of User that nobody writes, or that are for enable and disable. */
const readOnlyFields = ['Id', 'Name', 'UserType', 'LastLoginDate', 'IsActive']

const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))

const targets = {
  platform: 'node',
  target: 'node20',
  bundle: true,
  logLevel: 'warning',
  absWorkingDir: root,
  // What shared/product.ts calls itself.
  define: { PRODUCT_VERSION: JSON.stringify(version) },
}

/** With them a debugger stops in the sources; they are not for packages, which have the same bytes everywhere. */
const maps = options['source-maps'] ? { sourcemap: 'linked' } : {}

await generateValidators()
const bundles = (await Promise.all([...(await connectors()).map(bundleConnector), bundleCli()])).flat()
bundles.push(await writeNotices(root, join('dist', 'cli', 'THIRD-PARTY-NOTICES.txt'), bundles))
const suffixes = options['source-maps'] ? ['', '.map'] : ['']
await removeStale(bundles.flatMap(({ file }) => suffixes.map((suffix) => join(root, file + suffix))))
if (!options.quiet) {
  for (const { file, bytes } of bundles) console.log(`${file}  ${Math.round(bytes / 1024)} kB`)
}

async function generateValidators() {
  await mkdir(join(root, 'generated'), { recursive: true })
  // Until they are compiled, the modules that hold the schemas import validators that do not exist.
  const missing = {
    name: 'validators-to-be',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /generated\/.*\.cjs$/ }, ({ path }) => ({ path, namespace: 'to-be' }))
      onLoad({ filter: /.*/, namespace: 'to-be' }, () => ({ contents: 'module.exports = undefined' }))
    },
  }
  const entry = schemas
    .map(({ file, name, validator }) => `export { ${name} as ${validator} } from './${file}'`)
    .join('\n')
  const bundled = await build({
    ...targets,
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    format: 'esm',
    packages: 'external',
    write: false,
    plugins: [missing],
  })
  const file = join(root, 'generated', 'schemas.mjs')
  await writeFile(file, bundled.outputFiles[0].text)
  const compiled = await import(`${pathToFileURL(file).href}?${Date.now()}`)
  const all = schemas.map(({ validator }) => ({ validator, schema: compiled[validator] }))
  for (const { file, validator } of published) {
    all.push({ validator, schema: JSON.parse(await readFile(join(root, file), 'utf8')) })
  }
  for (const { validator, schema } of all) {
    // Never verbose: it would put values, and so secrets, into errors.
    const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, code: { source: true, lines: true } })
    const code = standalone.default(ajv, ajv.compile(schema))
    await writeFile(join(root, 'generated', `${validator}.cjs`), code)
    const types = `import type { Validator } from '../shared/validate.ts'\ndeclare const validate: Validator\nexport = validate\n`
    await writeFile(join(root, 'generated', `${validator}.d.cts`), types)
  }
  await rm(file)
}

async function connectors() {
  const entries = await readdir(join(root, 'connectors'), { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

/**
 * One file for each action that the manifest names: `run` of that action (`runImport` of an import), with all it needs; and
 * one with all actions but the imports, where the manifest says that there is a worker.
 */
async function bundleConnector(connector) {
  const folder = join(root, 'connectors', connector)
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  const scripts = manifest.actions.map((action) => {
    // Imports write many lines, the others one document.
    const [module, run, main] = /^import/.test(action)
      ? ['importStream', 'runImport', 'importStream']
      : ['run', 'run', 'action']
    return bundleProgram(connector, action, [
      // Before all else: it decides how what is loaded next is compiled.
      `import './shared/http/liftoff.ts'`,
      `import { ${run} } from './shared/host/${module}.ts'`,
      `import { ${main} } from './connectors/${connector}/${action}.ts'`,
      `${run}('${action}', ${main})`,
    ])
  })
  const bundles = await Promise.all(
    manifest.worker ? [...scripts, bundleWorker(connector, manifest.actions)] : scripts,
  )
  // Without this record there is nothing to package.
  if (options['source-maps']) return bundles
  return [...bundles, await writeForTool(`${connector}.build.json`, await describeBuild(root, bundles))]
}

function bundleWorker(connector, actions) {
  const names = actions.filter((action) => !/^import/.test(action))
  return bundleProgram(connector, 'worker', [
    `import { runWorker } from './shared/host/worker.ts'`,
    `import { lockKeysOf } from './shared/lifecycle/lockKeys.ts'`,
    ...names.map((name) => `import { action as ${name}_ } from './connectors/${connector}/${name}.ts'`),
    `runWorker({ ${names.map((name) => `${name}: ${name}_`).join(', ')} }, lockKeysOf)`,
  ])
}

async function bundleProgram(connector, name, lines) {
  const { metafile } = await build({
    ...targets,
    ...maps,
    stdin: { contents: lines.join('\n'), resolveDir: root, sourcefile: `${name}.ts`, loader: 'ts' },
    outfile: join(root, 'dist', connector, `${name}.mjs`),
    format: 'esm',
    metafile: true,
    banner: { js: banner },
    plugins: [trimUndici, nodePrefix],
    external: ['node:*'],
  })
  // Before the licences are added: a comment costs V8 next to nothing.
  withinBudget(summary(metafile), name === 'worker' ? budgets.worker : budgets.script)
  return complete(metafile)
}

/** npm start and npm run simulate run in a checkout; the tool is one file with all it needs, so that a package can hold it. */
async function bundleCli() {
  const bundle = async (program, how) => {
    const { metafile } = await build({
      ...targets,
      entryPoints: [join(root, 'cli', 'bin', `${program}.ts`)],
      outfile: join(root, 'dist', 'cli', `${program}.mjs`),
      format: 'esm',
      metafile: true,
      ...maps,
      ...how,
    })
    return complete(metafile)
  }
  const tool = { banner: { js: banner }, plugins: [nodePrefix], external: ['node:*'] }
  return Promise.all([
    bundle('demo', { packages: 'external' }),
    bundle('simulate', { packages: 'external' }),
    bundle('salesforce-connector', tool),
    bundleMappingEngine(),
    ...(await connectors()).flatMap((connector) => [describeFields(connector), bundleDoctor(connector)]),
  ])
}

/** The process in which mapping scripts run: one text, which goes on the command line (32,767 characters on Windows). */
async function bundleMappingEngine() {
  const { metafile } = await build({
    ...targets,
    entryPoints: [join(root, 'mapping', 'engine', 'child.ts')],
    outfile: join(root, 'dist', 'cli', 'mappingEngine.cjs'),
    // As text of the command line it is no module: its names would be globals.
    format: 'iife',
    metafile: true,
    plugins: [nodePrefix],
    external: ['node:*'],
  })
  return withinBudget(summary(metafile), budgets.mappingEngine)
}

/** What `salesforce-connector doctor` starts: the client of the connector's own actions, asked harmless questions. */
async function bundleDoctor(connector) {
  const { metafile } = await build({
    ...targets,
    stdin: {
      contents: [
        `import './shared/http/liftoff.ts'`,
        `import { runDoctor } from './doctor/runDoctor.ts'`,
        `import { facts } from './connectors/${connector}/doctor.ts'`,
        `await runDoctor(facts)`,
      ].join('\n'),
      resolveDir: root,
      sourcefile: 'doctor.ts',
      loader: 'ts',
    },
    outfile: join(root, 'dist', 'cli', `${connector}.doctor.mjs`),
    format: 'esm',
    metafile: true,
    banner: { js: banner },
    plugins: [trimUndici, nodePrefix],
    external: ['node:*'],
  })
  return complete(metafile)
}

/** What a connector asks of its fields. */
async function describeFields(connector) {
  const bundled = await build({
    ...targets,
    entryPoints: [join(root, 'connectors', connector, 'accounts', 'fields.ts')],
    format: 'esm',
    write: false,
  })
  const source = bundled.outputFiles[0].text
  const { fields, olderNames = {} } = await import(`data:text/javascript,${encodeURIComponent(source)}`)
  // A connector that says of no field what it is on the User object has Salesforce's own names.
  const hasApiNames = Object.values(fields).every((field) => !('userField' in field))
  const describe = (name, field) => {
    const { userField = hasApiNames ? name : undefined, maxLength, isRequired, id, comparison } = field
    // The parts of the last name are no field of the User object, and are written all the same.
    const isWritten =
      !readOnlyFields.includes(userField) && (userField !== undefined || maxLength !== undefined)
    return { maxLength, isRequired, id, comparison, isWritten, userField }
  }
  const rules = Object.entries(fields).map(([name, field]) => [name, describe(name, field)])
  const older = Object.entries(olderNames).map(([name, today]) => [name, describe(today, fields[today])])
  return writeForTool(`${connector}.fields.json`, Object.fromEntries([...rules, ...older]))
}

/** Writes what the tool has to know of a connector: it may not import one. */
async function writeForTool(name, value) {
  const file = join('dist', 'cli', name)
  const text = JSON.stringify(value, undefined, 2) + '\n'
  await mkdir(join(root, 'dist', 'cli'), { recursive: true })
  await writeFile(join(root, file), text)
  return { file, bytes: text.length }
}

/** What an earlier build left and this one did not make; the rest is written over, so that nothing is missing meanwhile. */
async function removeStale(made) {
  const entries = await readdir(join(root, 'dist'), { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  // dist/bench and dist/reliability are other programs', which run their own copies.
  const others = ['bench', 'reliability'].map((name) => join(root, 'dist', name))
  const isOurs = (file) => !others.some((folder) => file.startsWith(folder))
  await Promise.all(files.filter((file) => isOurs(file) && !made.includes(file)).map((file) => rm(file)))
}

function withinBudget(bundle, kilobytes) {
  const actual = Math.ceil(bundle.bytes / 1024)
  if (actual <= kilobytes) return bundle
  throw new Error(`${bundle.file} has ${actual} kB of ${kilobytes}: see budgets in scripts/build/build.mjs`)
}

/** Lines are those of the bundler where a debugger counts them. */
async function complete(metafile) {
  const bundle = summary(metafile)
  return options['source-maps'] ? bundle : addNotices(root, bundle)
}

function summary({ outputs }) {
  const [[file, { bytes, inputs }]] = Object.entries(outputs).filter(([name]) => !name.endsWith('.map'))
  return { file, bytes, inputs: Object.keys(inputs) }
}

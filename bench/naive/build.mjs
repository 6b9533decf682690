// Builds `create` as one would without a thought of its start: tsc's output, one file for each module; schemas compiled by
// ajv when it runs; all of undici. The code is the connector's own, so that nothing else differs.
import { spawnSync } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Gives the path of the built script. `root` is the project's folder. */
export async function buildNaive(root) {
  const folder = join(root, 'dist', 'bench', 'naive')
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const project = join(root, 'bench', 'naive', 'tsconfig.json')
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stdout)
  const client = join(folder, 'shared', 'http', 'client.js')
  await change(
    client,
    /import Pool from 'undici\/lib\/dispatcher\/pool\.js'/,
    `import { Pool } from 'undici'`,
  )
  await compileAtRunTime(folder)
  return join(folder, 'bench', 'naive', 'create.js')
}

async function change(file, pattern, replacement) {
  const text = await readFile(file, 'utf8')
  if (!pattern.test(text)) throw new Error(`${basename(file)} has no ${pattern.source} any more`)
  await writeFile(file, text.replace(pattern, replacement))
}

/** In place of each compiled validator, a module that gives its schema to ajv. */
async function compileAtRunTime(folder) {
  const generated = join(folder, 'generated')
  await mkdir(generated, { recursive: true })
  // Those of `create`: the others are of the tool and of the other connector.
  const validators = Object.keys(schemas)
  for (const name of validators) {
    // The schema is in the module that imports this one: while the schema is asked for, there is nothing to import.
    await writeFile(join(generated, name), 'module.exports = undefined\n')
  }
  for (const name of validators) {
    const { file, schema } = schemas[name]
    const module = await import(`${pathToFileURL(join(folder, file)).href}?${Date.now()}`)
    await writeFile(join(generated, name.replace('.cjs', '.json')), JSON.stringify(module[schema]))
  }
  for (const name of validators) {
    const json = `./${name.replace('.cjs', '.json')}`
    const code = `const { Ajv } = require('ajv')\nmodule.exports = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(require('${json}'))\n`
    await writeFile(join(generated, name), code)
  }
}

const schemas = {
  'actionInput.cjs': { file: 'shared/host/context.js', schema: 'actionInputSchema' },
  'configuration.cjs': {
    file: 'connectors/salesforce-scim/configuration.js',
    schema: 'configurationSchema',
  },
}

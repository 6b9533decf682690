// Types are checked by tsc; here they are only taken away. CommonJS, because jest runs it without flags.
const { join, relative, sep } = require('node:path')
const { transformSync } = require('esbuild')

const root = join(__dirname, '..')

/** The folders whose modules generated/sources.cjs holds (see jest-sources.mjs). */
const sourceFolders = [
  'bench',
  'cli',
  'connectors',
  'doctor',
  'mapping',
  'reliability',
  'shared',
  'simulator',
]

module.exports = {
  sourceFolders,
  process(source, path) {
    const file = relative(root, path).split(sep).join('/')
    if (sourceFolders.includes(file.split('/', 1)[0])) {
      return { code: `module.exports = loadSource(${JSON.stringify(file)}, require)` }
    }
    const { code, map } = transformSync(source, {
      loader: 'ts',
      format: 'cjs',
      target: 'node20',
      // What is loaded when it is first needed is required then: jest runs import() only behind a flag.
      supported: { 'dynamic-import': false },
      sourcemap: 'external',
      sourcefile: path,
    })
    return { code, map }
  },
}

// Node's test environment of jest, with the bundled sources (see jest-sources.mjs). Each worker compiles them once; jest itself
// would for every test file, in 50 ms. What a test file loads runs in its own realm all the same: nothing is shared but code.
const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { Script } = require('node:vm')
const { TestEnvironment } = require('jest-environment-node')

const filename = join(__dirname, '..', 'generated', 'sources.cjs')
let script

/** In watch mode the bundle changes between runs. */
function compile() {
  const text = readFileSync(filename, 'utf8')
  if (script?.text !== text) {
    script = {
      text,
      compiled: new Script(`(function (module, require, process, console) {${text}\n})`, { filename }),
    }
  }
  return script.compiled
}

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context)
    const evaluate = (makeFunction, ...values) => {
      const module = { exports: {} }
      makeFunction(module, ...values)
      return module.exports
    }
    let modules
    this.global.loadSource = (file, require) => {
      const { process, console } = this.global
      modules ??= evaluate(compile().runInContext(this.getVmContext()), require, process, console)
      return modules[file]()
    }
    // The sources as a program of its own: in Node's own realm, as in a process, so that its errors are errors.
    this.global.newSources = (require, process, console) =>
      evaluate(compile().runInThisContext(), require, process, console)
  }
}

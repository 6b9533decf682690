// Types are checked by tsc; here they are only taken away. CommonJS, because jest runs it without flags.
const { transformSync } = require('esbuild')

module.exports = {
  process(source, path) {
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

// Leaves out of the bundles what undici loads and a script never uses. Half of an action's start was reading and running it.
import { dirname } from 'node:path'

/**
 * Files of undici, and what stands in for them. Each was looked at in undici 7.30; a build with one in which a file is
 * missing fails, so that it is looked at again.
 */
const standIns = new Map([
  // The parser for processors without SIMD, which Node 20 runs on none of that it is published for.
  ['lib/llhttp/llhttp-wasm.js', `module.exports = require('./llhttp_simd-wasm.js')`],
  // Only loaded for `allowH2`, which is off in undici 7: it brings node:http2, and with it node:http.
  [
    'lib/dispatcher/client-h2.js',
    `module.exports = () => { throw new Error('HTTP/2 is left out of this file') }`,
  ],
  // Only for bodies that are forms, streams or blobs, with fetch's own code behind it; ours are texts.
  [
    'lib/web/fetch/body.js',
    `exports.extractBody = () => { throw new Error('only texts are sent from this file') }`,
  ],
])

/** undici takes two things from node:http: the limit of headers (Node's default here), and a class to compare with. */
const http = `module.exports = { maxHeaderSize: 16384, IncomingMessage: class IncomingMessage {} }`

/** An esbuild plugin. */
export const trimUndici = {
  name: 'slim-undici',
  setup({ onResolve, onLoad, onEnd }) {
    const met = new Set()
    onLoad({ filter: /[\\/]undici[\\/]lib[\\/]/ }, ({ path }) => {
      const file = path.replaceAll('\\', '/')
      for (const [ending, contents] of standIns) {
        if (!file.endsWith(`/undici/${ending}`)) continue
        met.add(ending)
        return { contents, resolveDir: dirname(path) }
      }
      return undefined
    })
    onResolve({ filter: /^node:http$/ }, ({ importer }) =>
      /[\\/]undici[\\/]lib[\\/]/.test(importer) ? { path: 'http', namespace: 'slim-undici' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'slim-undici' }, () => ({ contents: http }))
    onEnd(() => {
      const missing = [...standIns.keys()].filter((ending) => !met.has(ending))
      return {
        errors: missing.map((ending) => ({
          text: `undici has no ${ending} any more: see scripts/build/trimUndici.mjs`,
        })),
      }
    })
  },
}

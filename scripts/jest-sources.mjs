// Bundles all sources into generated/sources.cjs before the tests run: jest needs 100 ms to load 150 modules, and does so for
// every test file. A module of the bundle runs when it is first asked for. See jest-transform.cjs, which asks.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { trimUndici } from './build/trimUndici.mjs'
import { keepLines } from './source-lines.mjs'
import { sourceFolders } from './jest-transform.cjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Programs know their own address and wait at their top level, which no CommonJS can; tests start them as processes. */
const isProgram = (text) => /\bimport\.meta\b|^(const .* = )?await /m.test(text)

export default async function bundleSources() {
  const listed = await Promise.all(sourceFolders.map((folder) => sourcesIn(folder)))
  const entries = listed.flat().sort()
  const lines = entries.map(
    (path) => `  ${JSON.stringify(path)}: () => require(${JSON.stringify(`./${path}`)}),`,
  )
  const outfile = join(root, 'generated', 'sources.cjs')
  const { outputFiles } = await build({
    stdin: { contents: `module.exports = {\n${lines.join('\n')}\n}`, resolveDir: root, loader: 'js' },
    outfile,
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    plugins: [trimUndici],
    sourcemap: 'linked',
    sourcesContent: false,
    supported: { 'dynamic-import': false },
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
  })
  await mkdir(join(root, 'generated'), { recursive: true })
  for (const { path, text: made } of outputFiles) {
    const text = path.endsWith('.map') ? keepLines(made, (source) => !source.includes('node_modules')) : made
    // A run beside this one may be reading it.
    if ((await readFile(path, 'utf8').catch(() => undefined)) !== text) await writeFile(path, text)
  }
}

async function sourcesIn(folder) {
  const found = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  const paths = found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length).replaceAll('\\', '/'))
  const texts = await Promise.all(paths.map((path) => readFile(join(root, path), 'utf8')))
  return paths.filter((_, index) => !isProgram(texts[index]))
}

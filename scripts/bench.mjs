// `npm run bench`: builds the connector and the benchmark, then runs it; `npm run bench -- --help` tells how.
import { spawnSync } from 'node:child_process'
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { buildNaive } from '../bench/naive/build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'dist', 'bench')

const built = spawnSync(process.execPath, [join(root, 'scripts', 'build', 'build.mjs'), '--quiet'], {
  stdio: 'inherit',
})
if (built.status === 0) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  // A build in the meantime must not change what is measured.
  await cp(join(root, 'dist', 'salesforce-scim'), join(folder, 'scripts'), { recursive: true })
  await cp(join(root, 'dist', 'salesforce-apex-rest'), join(folder, 'scripts', 'rest'), { recursive: true })
  await writeFile(join(folder, 'empty.cjs'), '')
  await copyFile(join(root, 'bench', 'programs', 'usage.cjs'), join(folder, 'usage.cjs'))
  await build({
    platform: 'node',
    target: 'node20',
    bundle: true,
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
    absWorkingDir: root,
    entryPoints: ['runBench', 'programs/org', 'programs/floor', 'programs/loop'].map((name) =>
      join(root, 'bench', `${name}.ts`),
    ),
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    outdir: folder,
  })
  await buildNaive(root)
  const { status } = spawnSync(process.execPath, [join(folder, 'runBench.mjs'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
} else process.exitCode = 1

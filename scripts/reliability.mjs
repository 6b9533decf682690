// `npm run reliability`: builds the connector, then tries every action under every trouble; `-- --help` tells how.
import { spawnSync } from 'node:child_process'
import { cp, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'dist', 'reliability')

const built = spawnSync(process.execPath, [join(root, 'scripts', 'build', 'build.mjs'), '--quiet'], {
  stdio: 'inherit',
})
if (built.status === 0) {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  // A build in the meantime must not change what is tried.
  for (const connector of ['salesforce-scim', 'salesforce-apex-rest']) {
    await cp(join(root, 'dist', connector), join(folder, 'scripts', connector), { recursive: true })
  }
  await build({
    platform: 'node',
    target: 'node20',
    bundle: true,
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
    absWorkingDir: root,
    entryPoints: [join(root, 'reliability', 'main.ts')],
    outfile: join(folder, 'main.mjs'),
  })
  const { status } = spawnSync(process.execPath, [join(folder, 'main.mjs'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  process.exitCode = status ?? 1
} else process.exitCode = 1

import { readFileSync } from 'node:fs'
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'

/** What the figures were taken on. `root` is the project's folder. */
export function machine(root: string): Readonly<Record<string, string>> {
  const processors = cpus()
  const gigabytes = Math.round(totalmem() / 1024 ** 3)
  const [load = 0] = loadavg()
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}, ${gigabytes} GB, ${platform()} ${release()} ${arch()}`,
    // Others at work on the machine, as a share of its processors; not known on Windows.
    load: platform() === 'win32' ? 'not known' : `${load.toFixed(1)} at the start`,
    node: `${process.version}, V8 ${process.versions.v8}, OpenSSL ${process.versions.openssl}`,
    packages: ['undici', 'ajv', 'esbuild', 'typescript']
      .map((name) => `${name} ${versionOf(root, name)}`)
      .join(', '),
    connector: versionIn(join(root, 'package.json')),
  }
}

function versionOf(root: string, name: string): string {
  return versionIn(join(root, 'node_modules', name, 'package.json'))
}

function versionIn(file: string): string {
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  return version
}

// Tells what the scripts of a connector were built from, so that the tool can package them: it builds nothing itself.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { licenceText, packagesOf } from './notices.mjs'

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/**
 * The scripts and their own sources with hashes, and the packages of others that are in them with version, licence and its
 * text, as the lock file and the packages themselves tell. `bundles` are the scripts with the files that esbuild put into
 * them; all paths are from `root`, with `/`.
 */
export async function describeBuild(root, bundles) {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')).packages
  const inputs = [...new Set(bundles.flatMap((bundle) => bundle.inputs))].sort()
  const hashes = (files) =>
    Promise.all(files.map(async (file) => [file, sha256(await readFile(join(root, ...file.split('/'))))]))
  const scripts = await hashes(bundles.map(({ file }) => file.replaceAll('\\', '/')).sort())
  const sources = await hashes(inputs.filter((input) => /^(connectors|shared)\//.test(input)))
  const folders = packagesOf(inputs)
  const components = folders.map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'))
    const [algorithm, digest] = (lock[folder]?.integrity ?? '').split('-')
    if (algorithm !== 'sha512' || lock[folder].version !== version) {
      throw new Error(`${folder} is not what package-lock.json has: run npm ci.`)
    }
    return {
      name,
      version,
      license,
      sha512: Buffer.from(digest, 'base64').toString('hex'),
      text: await licenceText(join(root, folder)),
      scripts: bundles
        .filter((bundle) => packagesOf(bundle.inputs).includes(folder))
        .map(({ file }) => basename(file, '.mjs'))
        .sort(),
    }
  })
  return {
    scripts: Object.fromEntries(scripts.map(([file, hash]) => [basename(file, '.mjs'), hash])),
    sources: Object.fromEntries(sources),
    components: await Promise.all(components),
  }
}

import { existsSync, readFileSync, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { addToCatalog } from './catalogWrite.ts'
import { connectorHelp, flagship, readConnector } from '../lib/connector.ts'
import { sha256 } from './packageBuild.ts'
import { checkPackage } from './packageCheck.ts'
import { type Package, packageFile, packageOf } from './packageContents.ts'
import type { PackageManifest } from './packageManifest.ts'
import { isSignedBy, signatureFile, signPackage } from './packageSignature.ts'
import { columns, paint, wrap } from '../lib/terminal.ts'
import { inWords, readText, type CliEnvironment, UsageError } from '../lib/cliEnvironment.ts'
import { largestZip } from './unzip.ts'
import { uninterrupted, writeWhole } from '../lib/atomicFile.ts'

interface Options {
  readonly connector: string
  readonly out?: string
  readonly catalog?: string
  readonly force: boolean
  readonly check?: string
  readonly sign?: string
  readonly publicKey?: string
}

const examples = `
Examples:
  $ salesforce-connector package
      writes the catalogue package of the connector into the current folder
  $ salesforce-connector package --catalog ../catalogue
      adds it to a catalogue: a folder with packages and an index.json
  $ salesforce-connector package --check salesforce-scim-0.1.0.zip
      says whether a package is whole and what its slots are; nothing in it is run
  $ salesforce-connector package --sign package.key
      writes <package>.sig beside it; the key (openssl genpkey -algorithm ed25519) is kept elsewhere
  $ salesforce-connector package --check salesforce-scim-0.1.0.zip --public-key package.pub
      says, too, whether it is what the owner of the key has signed

The same build gives the same bytes. The package is made of what is built: npm run build comes first.`

/** Registers `package`. */
export function packageCommand(program: Command, tool: CliEnvironment): void {
  program
    .command('package')
    .description('Make the catalogue package of a connector, for HelloID and other hosts, or check one')
    .option('--connector <name>', connectorHelp, flagship)
    .option('--out <file>', 'the package (default: <name>-<version>.zip), or the folder that it goes into')
    .option('--catalog <folder>', 'add the package to this catalogue; a new one is begun where there is none')
    .option('--force', 'replace another --out; add an older version to a catalogue', false)
    .option('--sign <file>', 'sign the package with this private Ed25519 key, in PEM form')
    .option('--check <file>', 'check this package; none is made')
    .option('--public-key <file>', 'with --check: the key whose signature the package must have')
    .addHelpText('after', examples)
    .action(async (options: Options) => {
      if (options.check !== undefined) process.exitCode = await checkFile(tool, options.check, options)
      else await inWords(() => makePackage(tool, options))
    })
}

async function makePackage(
  tool: CliEnvironment,
  { connector, out, catalog, force, sign, publicKey }: Options,
): Promise<void> {
  if (publicKey !== undefined) throw new UsageError('--public-key goes with --check: it signs nothing.')
  const key = sign === undefined ? undefined : await readText(tool, sign)
  const { name } = await readConnector(tool.root, connector)
  const made = await packageOf(tool.root, name)
  if (catalog !== undefined) {
    const folder = resolve(tool.cwd, catalog)
    const outcome = await addToCatalog(folder, made, { force })
    tell(tool, outcome === 'added' ? 'added to' : 'unchanged in', folder, made)
  }
  if (out === undefined && catalog !== undefined) {
    if (sign !== undefined) throw new UsageError('--sign needs the package as a file: add --out.')
    return
  }
  const file = outFile(tool, out, made)
  const signature = key === undefined ? undefined : signPackage(made.bytes, key, sign ?? '')
  const outcome = uninterrupted(() => {
    const outcome = writePackage(file, made, force)
    if (signature !== undefined) writeWhole(signatureFile(file), Buffer.from(signature))
    return outcome
  })
  tell(tool, outcome, file, made)
  if (signature !== undefined) tool.out.write(`signed   ${signatureFile(file)}`)
}

/** A folder that exists takes the package under its own name. */
function outFile({ cwd }: CliEnvironment, out: string | undefined, { manifest }: Package): string {
  const path = resolve(cwd, out ?? '.')
  return existsSync(path) && statSync(path).isDirectory() ? join(path, packageFile(manifest)) : path
}

function writePackage(file: string, { bytes }: Package, force: boolean): string {
  if (existsSync(file)) {
    if (readFileSync(file).equals(bytes)) return 'unchanged'
    if (!force) throw new UsageError(`${file} is there already, and has other content. --force replaces it.`)
  }
  writeWhole(file, bytes)
  return 'written'
}

function tell({ out }: CliEnvironment, outcome: string, place: string, { manifest, bytes }: Package): void {
  const { name, version, slots } = manifest
  out.write(`${paint(out, 'strong', `${name} ${version}`)}  ${slots.length} slots, ${bytes.length} bytes`)
  out.write(`sha256  ${sha256(bytes)}`)
  out.write(`${outcome}  ${place}`)
}

/** Checks a package and shows what was found; gives the exit code. */
async function checkFile(
  tool: CliEnvironment,
  file: string,
  { out: written, catalog, force, sign, publicKey }: Options,
): Promise<number> {
  if (written !== undefined || catalog !== undefined || force || sign !== undefined) {
    throw new UsageError('--check makes no package: --out, --catalog, --sign and --force do not go with it.')
  }
  const bytes = await inWords(async () => {
    const { size } = await stat(resolve(tool.cwd, file))
    if (size > largestZip) throw new UsageError(`${file} is larger than any package.`)
    return readFile(resolve(tool.cwd, file))
  }, file)
  const checked = checkPackage(bytes)
  const { manifest } = checked
  const signatureProblems = publicKey === undefined ? [] : await checkSignature(tool, file, bytes, publicKey)
  const problems = [...checked.problems, ...signatureProblems]
  const { out, err } = tool
  if (manifest !== undefined) showManifest(tool, manifest)
  out.write(`sha256  ${sha256(bytes)}`)
  for (const problem of problems)
    for (const line of wrap(problem, err.width)) err.write(paint(err, 'bad', line))
  if (problems.length === 0) {
    out.write(paint(out, 'good', 'The package is whole.'))
    const isSigned = publicKey !== undefined
    const told = isSigned
      ? 'It is what the owner of the key has signed.'
      : 'That finds damage, not forgery: who changes a package can change its sums, too. --public-key checks a signature.'
    for (const line of wrap(told, out.width)) out.write(isSigned ? paint(out, 'good', line) : line)
  }
  return problems.length === 0 ? 0 : 1
}

async function checkSignature(
  tool: CliEnvironment,
  file: string,
  bytes: Buffer,
  publicKey: string,
): Promise<string[]> {
  const key = await readText(tool, publicKey)
  const signature = await readText(tool, signatureFile(file))
  if (isSignedBy(bytes, signature, key, publicKey)) return []
  return [
    `${signatureFile(file)} is no signature of this package by the key of ${publicKey}: do not use the package.`,
  ]
}

function showManifest({ out }: CliEnvironment, manifest: PackageManifest): void {
  const { name, version, displayName, direction, node, slots } = manifest
  out.write(`${paint(out, 'strong', `${name} ${version}`)}  ${displayName}, ${direction}, Node.js ${node}`)
  for (const line of columns(slots.map(({ slot, action, script }) => [`  ${slot}`, action, script])))
    out.write(line)
}

import { type Component, sha256 } from './packageBuild.ts'
import { type PackageManifest } from './packageManifest.ts'
import type { ZipEntry } from './zip.ts'

/**
 * The bill of materials of a package (CycloneDX 1.6): what of others is in its scripts, and in which. `entries` is all else
 * that the package holds: its serial number follows from that, so that the same content has the same bill.
 */
export function sbomOf(
  manifest: PackageManifest,
  components: readonly Component[],
  entries: readonly ZipEntry[],
): string {
  const scripts = new Map([
    ...manifest.slots.map(({ action, script }) => [action, script] as const),
    ['worker', manifest.worker ?? ''],
  ])
  const content = entries.map(({ name, data }) => `${sha256(data)}  ${name}\n`).join('')
  const own = `${manifest.name}@${manifest.version}`
  const sbom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(sha256(content))}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: manifest.name,
        version: manifest.version,
        description: manifest.displayName,
        licenses: [{ license: { id: 'MIT' } }],
      },
    },
    components: components.map(({ name, version, license, sha512, scripts: users }) => ({
      type: 'library',
      'bom-ref': purl(name, version),
      name,
      version,
      hashes: [{ alg: 'SHA-512', content: sha512 }],
      licenses: [{ license: { id: license } }],
      purl: purl(name, version),
      evidence: {
        occurrences: users.flatMap((user) => {
          const location = scripts.get(user)
          return location === undefined ? [] : [{ location }]
        }),
      },
    })),
    dependencies: [
      { ref: own, dependsOn: components.map(({ name, version }) => purl(name, version)) },
      ...components.map(({ name, version }) => ({ ref: purl(name, version) })),
    ],
  }
  return JSON.stringify(sbom, undefined, 2) + '\n'
}

/** The licences of what is in the scripts, as those ask to be handed on. */
export function noticesOf(components: readonly Component[]): string {
  const parts = components.map(
    ({ name, version, license, text }) =>
      `${name} ${version} (${license})\n${'-'.repeat(60)}\n\n${text.trim()}\n`,
  )
  return ['The scripts of this package contain parts of the following software.\n', ...parts].join('\n')
}

/** https://github.com/package-url/purl-spec: the `@` of a scope is encoded. */
function purl(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}

/** A hash as a UUID of version 8, which RFC 9562 leaves to whoever makes it. */
function uuidOf(hash: string): string {
  const variant = ((parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ].join('-')
}

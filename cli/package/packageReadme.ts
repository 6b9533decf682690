import type { FormField, PackageManifest } from './packageManifest.ts'
import { shimFile } from './shim.ts'

/** The README of a package: what it holds, and how it comes into HelloID. */
export function readmeOf(manifest: PackageManifest, form: readonly FormField[]): string {
  const { displayName, name, version, requirements, slots, permissionTypes, worker } = manifest
  const described = new Map(form.map(({ key, templateOptions }) => [key, templateOptions.description ?? '']))
  return `# ${displayName}

${name} ${version}: scripts with which HelloID, or another identity and access management host, manages accounts in
Salesforce. Each script is one process of Node.js: JSON in on stdin, JSON out on stdout.

## Requirements

${requirements.map((requirement) => `- ${requirement}`).join('\n')}

## Slots

${table(
  ['slot of HelloID', 'action', 'script', 'PowerShell'],
  slots.map(({ slot, action, script, shim }) => [slot, `\`${action}\``, `\`${script}\``, `\`${shim}\``]),
)}
${worker === undefined ? '' : `\n\`${worker}\` runs many actions in one process, for hosts that can use it.\n`}${
    permissionTypes.length === 0 ? '' : `\nPermissions: ${permissionTypes.join(', ')}.\n`
  }
## Into HelloID

1. Install Node.js on the machine of the on-premises agent, and unpack this package there, into a folder that only
   administrators can change: \`Get-FileHash\` and \`SHA256SUMS\` tell whether it arrived as it was made.
2. Make a target system of the type PowerShell v2. Import \`configuration.json\` as its form and fill it in; import
   \`fieldMapping.json\` on the tab of the fields.
3. Paste the PowerShell file of each slot that you use into that slot, and name the folder in \`$connectorPath\` at its top.
   It loads \`${shimFile}\`, which starts the script, hands over the contexts and takes over the answer.
4. Preview each action before you switch the system on.

To update, unpack the newer package over the folder.

## Settings

${table(
  ['setting', 'label', 'required', 'meaning'],
  manifest.settings.map(({ key, label, required, secret }) => [
    `\`${key}\``,
    label,
    required ? 'yes' : '',
    `${secret ? 'Secret. ' : ''}${described.get(key) ?? ''}`,
  ]),
)}
`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string =>
    `| ${cells
      .map((cell) =>
        cell
          .replace(/[\r\n]+/g, ' ')
          .replaceAll('|', '\\|')
          .replaceAll('<', '&lt;'),
      )
      .join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

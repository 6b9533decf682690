import { type AnswerKind, slots } from './slot.ts'
import { lowestNode, type PackageManifest, type PackageSlot } from './packageManifest.ts'

/** The file of the package that each shim loads; it does the work. */
export const shimFile = 'shim.ps1'

/** The PowerShell script of a slot, for Windows PowerShell 5.1 and PowerShell 7: it names the script, and how that answers. */
export function shimOf(manifest: PackageManifest, { slot, action, script, shim }: PackageSlot): string {
  const kind = slots.find((other) => other.action === action)?.kind ?? 'result'
  const depth = shim.split('/').length - 1
  const here =
    depth === 0 ? '$PSScriptRoot' : `Join-Path $PSScriptRoot '${Array(depth).fill('..').join('/')}'`
  const lines = [
    `# ${slot}: runs ${script} of ${manifest.name} ${manifest.version} with Node.js, and takes over its answer.`,
    '# Where this text is pasted into HelloID: name the folder on the agent in which the package is unpacked.',
    "$connectorPath = ''",
    "$nodePath = 'node'",
    `$slot = @{ Script = '${script}'; Answer = '${kind}'; Node = '${lowestNode(manifest.node)}' }`,
    '',
    `if (-not $connectorPath -and $PSScriptRoot) { $connectorPath = ${here} }`,
    ...guarded(kind, [
      "if (-not $connectorPath) { throw 'Name the folder of the unpacked package in connectorPath, at the top of this script.' }",
      `. ([scriptblock]::Create((Get-Content -LiteralPath (Join-Path $connectorPath '${shimFile}') -Raw)))`,
    ]),
    // HelloID shows no audit lines of a uniqueness check.
    ...(action === 'uniquenessCheck'
      ? [
          "if (-not $outputContext.Success) { Write-Error 'The uniqueness check failed: the log says why.' -ErrorAction Continue }",
        ]
      : []),
  ]
  return lines.join('\n') + '\n'
}

/** A failure becomes an audit line where the slot has them; elsewhere it is thrown. */
function guarded(kind: AnswerKind, lines: readonly string[]): string[] {
  if (kind !== 'result') return [...lines]
  return [
    'try {',
    ...lines.map((line) => `    ${line}`),
    '} catch {',
    '    $outputContext.Success = $false',
    '    [void]$outputContext.AuditLogs.Add([PSCustomObject]@{ Message = $_.Exception.Message; IsError = $true })',
    '    Write-Warning $_.Exception.Message',
    '}',
  ]
}

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { slots } from '../../cli/package/slot.ts'
import { unzip } from '../../cli/package/unzip.ts'
import { startSimulator } from '../../simulator/server.ts'
import { root, runScript } from '../process.ts'
import { connectors, packageFor } from './packages.ts'
import { sample, withFolder } from './tool.ts'

const common = readFileSync(join(root, 'assets', 'shim.ps1'), 'utf8')

/** The PowerShell files of a package, by name. */
async function shimsOf(connector: string): Promise<Map<string, string>> {
  const { bytes } = await packageFor(connector)
  const entries = unzip(bytes).filter(({ name }) => name.endsWith('.ps1'))
  return new Map(entries.map(({ name, data }) => [name, data.toString('utf8')]))
}

/** The code without comments and without what is within quotes. */
function bare(code: string): string {
  return code.replace(/'[^'\n]*'|"(?:\$\([^)]*\)|[^"\n])*"|#.*$/gm, (part) =>
    part.startsWith('#') ? '' : '_',
  )
}

describe.each(connectors)('the PowerShell of %s', (connector) => {
  test('is plain ASCII that every version reads alike, and closes what it opens', async () => {
    for (const [name, code] of await shimsOf(connector)) {
      expect({ name, odd: /[^\x20-\x7e\n]|\t| $|@['"]$/m.exec(code)?.[0] }).toEqual({ name, odd: undefined })
      const open: string[] = []
      for (const sign of bare(code).match(/[{}()[\]]/g) ?? []) {
        if ('{(['.includes(sign)) open.push({ '{': '}', '(': ')', '[': ']' }[sign] ?? '')
        else expect({ name, sign }).toEqual({ name, sign: open.pop() })
      }
      expect(open).toEqual([])
      expect(bare(code)).not.toMatch(/['"]/)
    }
  })

  test('has no alias, which a host may not have, and nothing newer than version 5.1', async () => {
    const keyword = /^(if|elseif|else|foreach|while|try|catch|finally|throw|return|continue|param)$/
    for (const code of (await shimsOf(connector)).values()) {
      const words = [...bare(code).matchAll(/(?:^|[|{;(]|\}) *([A-Za-z%?][\w-]*)(?= |$)(?! *= )/gm)].map(
        ([, word = '']) => word,
      )
      expect(words.length).toBeGreaterThan(2)
      const isCommand = (word: string): boolean => /^[A-Z][A-Za-z]+-[A-Z][A-Za-z]+$/.test(word)
      expect(words.filter((word) => !isCommand(word) && !keyword.test(word))).toEqual([])
      expect(bare(code)).not.toMatch(/\?\?|\?\.|&&|\|\||\bArgumentList\b.*ProcessStartInfo|-Parallel\b/)
    }
  })

  test('is the same for each slot but for its script and its kind of answer', async () => {
    const shims = await shimsOf(connector)
    const kinds = new Map<string, Set<string>>()
    for (const { path, kind, action } of slots) {
      const code = shims.get(`${path}.ps1`)
      if (code === undefined) continue
      expect(code).toContain(`Script = '${path}.mjs'; Answer = '${kind}';`)
      expect(code.split('\n').length).toBeLessThan(20)
      const same = code
        .replace(/^#.*\n/, '')
        .replaceAll(`${path}.mjs`, '')
        .replace(`Answer = '${kind}'`, '')
        .replace(/(?<=\$connectorPath = )(\$PSScriptRoot|Join-Path \$PSScriptRoot '[./]+')(?= \})/, '')
        .replace(action === 'uniquenessCheck' ? /^if \(-not \$outputContext.*\n/m : '', '')
      const group = kind === 'result' ? 'result' : 'other'
      kinds.set(group, (kinds.get(group) ?? new Set()).add(same))
    }
    expect([...kinds.values()].map((texts) => texts.size)).toEqual([1, 1])
  })
})

test('the PowerShell hands over the contexts under their names in HelloID, on stdin alone', () => {
  const names = ['actionContext', 'personContext', 'managerContext', 'resourceContext']
  for (const name of names) expect(common).toMatch(new RegExp(`^ +${name} += \\$${name}$`, 'm'))
  const variables = new Set([...common.matchAll(/\$(\w+Context)\b/g)].map(([, name]) => name))
  expect([...variables].sort()).toEqual([...names, 'outputContext'].sort())
  const [line = ''] = /^\$start\.Arguments = .*$/m.exec(common) ?? []
  expect([...line.matchAll(/\$(\w+)/g)].map(([, name]) => name)).toEqual(['start', 'connectorPath', 'slot'])
  expect(common).not.toMatch(/Out-File|Set-Content|TempFile|\$env:/)
})

test('a script takes the contexts as PowerShell sends them, with null for what there is not', async () => {
  const org = await startSimulator()
  try {
    const given = JSON.parse(await sample('enable', org.url)) as { actionContext?: object }
    const { code, output } = await runScript('enable', {
      actionContext: { ...(given.actionContext ?? given), DryRun: true },
      personContext: null,
      managerContext: null,
      resourceContext: null,
      outputContext: { Data: null },
    })
    expect([code, output.Success]).toEqual([0, true])
  } finally {
    await org.close()
  }
})

/** PowerShell, where this machine has one. */
const shell = ['pwsh', 'powershell'].find(
  (name) => spawnSync(name, ['-NoProfile', '-Command', '1']).stdout?.toString().trim() === '1',
)
const withShell = shell === undefined ? test.skip : test
const where = shell === undefined ? 'skipped: there is no pwsh on the PATH' : `run by ${shell}`

/** What a slot left in `$outputContext`, wrote on the pipeline, and threw, when PowerShell ran it. */
interface Left {
  readonly output: { Success?: boolean; AuditLogs: { Message: string; IsError: boolean }[]; Data: object }
  readonly objects: readonly object[]
  readonly thrown: string | null
}

/** Runs a slot of the package as HelloID does. `script` takes the place of the slot's own. */
async function runSlot(
  path: string,
  context: string,
  change: { script?: string; nodePath?: string } = {},
): Promise<Left> {
  const { bytes } = await packageFor()
  return withFolder({ 'context.json': context }, async (folder) => {
    for (const { name, data } of unzip(bytes)) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), data)
    }
    if (change.script !== undefined) await writeFile(join(folder, `${path}.mjs`), change.script)
    const slot = (await shimsOf('salesforce-scim')).get(`${path}.ps1`) ?? ''
    const node = (change.nodePath ?? process.execPath).replaceAll("'", "''")
    await writeFile(join(folder, `${path}.ps1`), slot.replace("'node'", `'${node}'`))
    const host = `
$actionContext = [System.IO.File]::ReadAllText((Join-Path $PSScriptRoot 'context.json')) | ConvertFrom-Json
$outputContext = [PSCustomObject]@{ Success = $null; AccountReference = $null; AuditLogs = New-Object System.Collections.Generic.List[object]; Data = [PSCustomObject]@{ kept = 'by the host' }; PreviousData = $null; Permissions = New-Object System.Collections.Generic.List[object] }
$thrown = $null
$objects = @()
try { $objects = @(. (Join-Path $PSScriptRoot '${path}.ps1') 3>$null 6>$null) } catch { $thrown = $_.Exception.Message }
$left = ConvertTo-Json -InputObject @{ output = $outputContext; objects = $objects; thrown = $thrown } -Depth 20 -Compress
[System.IO.File]::WriteAllText((Join-Path $PSScriptRoot 'left.json'), $left)
`
    await writeFile(join(folder, 'host.ps1'), host)
    const args = ['-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', join(folder, 'host.ps1')]
    const { stderr } = spawnSync(shell ?? '', args, { encoding: 'utf8' })
    expect(stderr).toBe('')
    return JSON.parse(readFileSync(join(folder, 'left.json'), 'utf8')) as Left
  })
}

describe(`a slot in PowerShell (${where})`, () => {
  const context = JSON.stringify({ DryRun: true, Data: { name: 'Zo\u00eb \u65e5' } })

  withShell('runs its script, keeps what the host has filled in, and takes over the answer', async () => {
    const org = await startSimulator()
    try {
      const text = await sample('create-dryrun', org.url)
      const given = JSON.parse(text) as { actionContext?: object }
      const left = await runSlot('create', JSON.stringify(given.actionContext ?? given))
      expect(left).toMatchObject({ thrown: null, output: { Success: true, Data: { kept: 'by the host' } } })
      expect(left.output.AuditLogs.map(({ IsError }) => IsError)).toEqual([false])
      const list = await runSlot('permissions/all/permissions', JSON.stringify(given.actionContext ?? given))
      expect(list).toMatchObject({ thrown: null, output: { Success: null, AuditLogs: [] } })
    } finally {
      await org.close()
    }
  })

  withShell('sends and reads UTF-8 and keeps texts that look like dates', async () => {
    const echo = `
      let text = ''
      for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk
      const { actionContext: { Data, DryRun } } = JSON.parse(text)
      console.log(JSON.stringify({ Success: DryRun === true, AuditLogs: [], Data: { ...Data, day: '2026-02-01T00:00:00Z' } }))`
    const { output } = await runSlot('create', context, { script: echo })
    expect(output).toMatchObject({
      Success: true,
      Data: { name: 'Zo\u00eb \u65e5', day: '2026-02-01T00:00:00Z' },
    })
  })

  withShell('passes an import on object by object, and throws where it is not complete', async () => {
    const two = `console.log('{"n":1}\\n{"n":2}')`
    expect((await runSlot('import', '{}', { script: two })).objects).toEqual([{ n: 1 }, { n: 2 }])
    const failed = await runSlot('import', '{}', { script: `${two}; process.exitCode = 1` })
    expect(failed.thrown).toContain('The import is not complete')
  })

  withShell.each<[string, { script?: string; nodePath?: string }, string]>([
    ['missing', { nodePath: 'no-such-node' }, 'was not found'],
    ['killed', { script: 'process.kill(process.pid, 9)' }, 'without an answer'],
    ['cut off', { script: `console.log('{"Succ')` }, 'without an answer'],
  ])('fails with an audit line where Node is %s', async (_what, change, sentence) => {
    const { output, thrown } = await runSlot('create', context, change)
    expect([thrown, output.Success]).toEqual([null, false])
    expect(output.AuditLogs).toEqual([
      { Message: expect.stringContaining(sentence) as string, IsError: true },
    ])
  })
})

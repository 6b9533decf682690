import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root, runScript } from '../process.ts'

const program = join(root, 'dist', 'cli', 'simulate.mjs')

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program; `whenUp` runs once it has told its address, and the program is stopped after it. */
function simulate(args: readonly string[], whenUp?: (url: string) => Promise<void>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args])
    let stdout = ''
    let stderr = ''
    let isUp = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout)?.[0]
      if (isUp || url === undefined || !stdout.includes('Requests:')) return
      isUp = true
      Promise.resolve(whenUp?.(url)).then(
        () => child.kill('SIGTERM'),
        (error: unknown) => {
          child.kill('SIGTERM')
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      )
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** The credentials that the program prints, as the settings of the connector. */
function settingsFrom(stdout: string, url: string): Record<string, unknown> {
  const [, clientId, clientSecret] = /client_id (\S+) +client_secret (\S+)/.exec(stdout) ?? []
  return { BaseUrl: url, ClientID: clientId, ClientSecret: clientSecret }
}

test('the org that npm run simulate starts lets a script in with the credentials it prints, and shows its requests', async () => {
  let code: number | null = null
  const { stdout, stderr } = await simulate(['--port', '0'], async (url) => {
    const printed = await simulate(['--port', '0'])
    const run = await runScript('enable', {
      DryRun: true,
      Configuration: settingsFrom(printed.stdout, url),
      References: { Account: /Users\/(005\w{15})/.exec(printed.stdout)?.[1] },
    })
    code = run.code
  })
  expect(code).toBe(0)
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^POST \/services\/oauth2\/token 200 \d/m)
  expect(stdout).toMatch(/^GET \/services\/scim\/v2\/Users\/005\w{15} 200 \d/m)
})

test.each([
  ['--port', 'many'],
  ['--dialect', 'imagined'],
  ['--users', '-1'],
  ['--colour', 'red'],
])('%s %s is refused with a sentence and the usage, exit 2', async (...args) => {
  const { code, stdout, stderr } = await simulate(args)
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain(args[0])
  expect(stderr).toContain('Usage: simulate [--port 8400]')
  expect(stderr).not.toContain('    at ')
})

test('a port that is taken is told, exit 1', async () => {
  let second: Ended | undefined
  await simulate(['--port', '0'], async (url) => {
    second = await simulate(['--port', new URL(url).port])
  })
  expect(second?.code).toBe(1)
  expect(second?.stderr).toContain('The org could not start')
})

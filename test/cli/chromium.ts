import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'

/** A browser on this machine: `CHROME_PATH`, or one of the usual names; undefined where there is none. */
export function findBrowser(): string | undefined {
  const own = process.env['CHROME_PATH']
  const names = [...(own === undefined ? [] : [own]), 'chromium', 'chromium-browser', 'google-chrome']
  return names.find((name) => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0)
}

/** One page in a browser without a window. */
export interface Page {
  /** What an expression gives in the page. */
  evaluate(expression: string): Promise<unknown>
  send(method: string, params?: object): Promise<Record<string, unknown>>
  /** Names of events that came, with their parameters. */
  readonly events: readonly { readonly method: string; readonly params: Record<string, unknown> }[]
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-sync',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--remote-debugging-pipe',
]

/** Opens a file in a browser that is gone afterwards, over the DevTools protocol: messages between NUL on pipes 3 and 4. */
export async function withPage<T>(
  browser: string,
  file: string,
  options: { readonly scripts: boolean },
  use: (page: Page) => Promise<T>,
): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'salesforce-connector-browser-'))
  const child = spawn(browser, [...flags, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()))
  try {
    const { send, events, when } = connect(child.stdio[3] as Writable, child.stdio[4] as Readable, closed)
    const { targetId } = await send('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true })
    const own: Page['send'] = (method, params) => send(method, params, String(sessionId))
    for (const domain of ['Page', 'Runtime', 'Network', 'Log']) await own(`${domain}.enable`)
    await own('Emulation.setScriptExecutionDisabled', { value: !options.scripts })
    const loaded = when('Page.loadEventFired')
    await own('Page.navigate', { url: pathToFileURL(file).href })
    await loaded
    return await use({
      events,
      send: own,
      async evaluate(expression) {
        const { result, exceptionDetails } = await own('Runtime.evaluate', {
          expression,
          returnByValue: true,
        })
        if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails))
        return (result as { value?: unknown }).value
      },
    })
  } finally {
    child.kill('SIGKILL')
    await closed
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

type Send = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>

function connect(
  input: Writable,
  output: Readable,
  closed: Promise<void>,
): {
  send: Send
  events: { method: string; params: Record<string, unknown> }[]
  when(method: string): Promise<void>
} {
  const waiting = new Map<
    number,
    { resolve(result: Record<string, unknown>): void; reject(error: Error): void }
  >()
  const awaited = new Map<string, () => void>()
  const events: { method: string; params: Record<string, unknown> }[] = []
  let rest = ''
  let id = 0
  input.on('error', () => undefined)
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const {
        id: of,
        method,
        params = {},
        result = {},
        error,
      } = JSON.parse(message) as {
        id?: number
        method?: string
        params?: Record<string, unknown>
        result?: Record<string, unknown>
        error?: { message: string }
      }
      if (of !== undefined && error === undefined) waiting.get(of)?.resolve(result)
      else if (of !== undefined) waiting.get(of)?.reject(new Error(error?.message))
      else if (method !== undefined) {
        events.push({ method, params })
        awaited.get(method)?.()
      }
    }
  })
  void closed.then(() => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has ended'))
  })
  return {
    events,
    when: (method) => new Promise((resolve) => awaited.set(method, resolve)),
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        waiting.set(++id, { resolve, reject })
        input.write(
          JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) }) + '\0',
        )
      }),
  }
}

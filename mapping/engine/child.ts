import { Script } from 'node:vm'
import type { EngineAnswer, EngineRequest, ScriptFault, ScriptJob } from './protocol.ts'
import { openRealm, type Realm } from './realm.ts'

/**
 * The program of the engine's process. One realm serves many persons: the scripts are compiled once, and a new realm for each
 * would take most of the time. After each batch the realm is examined; where a script changed it, the batch is run again with
 * an examination after each script, and whatever changes the realm runs in one of its own from then on.
 */

/** The starter ends a batch long before; this is for the case that the starter itself is gone. */
const lifeOfBatchMilliseconds = 30_000

const { stdin, stdout } = process
const nextTurn = setImmediate
// A promise that a script leaves behind is nobody's business.
process.on('unhandledRejection', () => undefined)
leaveOnlyTheLanguage()

let sources: readonly string[] = []
const ownRealm = new Set<number>()
let shared = openWatched()
let received = ''
let work = Promise.resolve()

stdin.setEncoding('utf8').on('data', (text: string) => {
  received += text
  for (let end = received.indexOf('\n'); end >= 0; end = received.indexOf('\n')) {
    const request = JSON.parse(received.slice(0, end)) as EngineRequest
    received = received.slice(end + 1)
    work = work.then(() => answer(request))
  }
})

async function answer(request: EngineRequest): Promise<void> {
  if ('scripts' in request) {
    sources = request.scripts.map(withoutImport)
    send({ compiled: sources.map(compile) })
    return
  }
  let results = withinLife(() => request.jobs.map((job) => job.scripts.map((script) => run(job, script))))
  await microtasks()
  if (!shared.isUnchanged()) results = await runApart(request.jobs)
  send({ results })
}

function send(message: EngineAnswer): void {
  stdout.write(JSON.stringify(message) + '\n')
}

function run({ person, iteration }: ScriptJob, script: number): string {
  const realm: Realm = ownRealm.has(script) ? openRealm() : shared
  const result: unknown = realm.evaluate(sources[script] ?? '', person, iteration, `mapping-${script}`)
  return typeof result === 'string' ? result : '{"fault":"it broke its realm."}'
}

async function runApart(jobs: readonly ScriptJob[]): Promise<string[][]> {
  shared = openWatched()
  const results: string[][] = []
  for (const job of jobs) {
    const row: string[] = []
    for (const script of job.scripts) {
      row.push(withinLife(() => run(job, script)))
      await microtasks()
      if (shared.isUnchanged()) continue
      ownRealm.add(script)
      shared = openWatched()
    }
    results.push(row)
  }
  return results
}

/** What a script left for later runs before the next script does, and before the realm is examined. */
function microtasks(): Promise<void> {
  return new Promise((resolve) => nextTurn(resolve))
}

/** Runs what ends by itself, or by force: throws after the life of a batch, which ends this process. */
function withinLife<T>(work: () => T): T {
  const results: T[] = []
  Reflect.set(globalThis, 'runWork', () => results.push(work()))
  new Script("'use strict'; runWork()").runInThisContext({ timeout: lifeOfBatchMilliseconds })
  const [result] = results
  if (results.length !== 1) throw new Error('The batch has no result.')
  return result as T
}

/**
 * With an escape in it, `import` is the same text in a string, a comment, a regular expression or a longer name, and a
 * syntax error where it is the keyword (ECMA-262, 12.7.2). A backslash before it, `\import`, is that of the escape then.
 */
function withoutImport(source: string): string {
  return source.replace(/(\\*)import/g, (_, slashes: string) =>
    slashes.length % 2 === 1 ? `${slashes}u0069mport` : `${slashes}\\u0069mport`,
  )
}

function openWatched(): Realm {
  const realm = openRealm()
  realm.watch()
  return realm
}

/** What is wrong with a script before it runs. */
function compile(source: string, index: number): ScriptFault | null {
  try {
    new Script(source, { filename: `mapping-${index}` })
    return null
  } catch (error) {
    const { name, message, stack = '' } = error as Error
    const line = Number(/^mapping-\d+:(\d+)/.exec(stack)?.[1])
    const isImport = message.includes('escaped characters') && source.includes('u0069mport')
    return {
      fault: isImport ? 'it uses import(), which hosts do not have.' : `${name}: ${message}`,
      ...(line > 0 && { line }),
    }
  }
}

/** Takes away whatever of Node could do anything: neither a script nor a mistake of this program finds it. */
function leaveOnlyTheLanguage(): void {
  const language = Object.getOwnPropertyNames(openGlobal())
  for (const name of Reflect.ownKeys(globalThis)) {
    if (typeof name === 'string' && language.includes(name)) continue
    Reflect.deleteProperty(globalThis, name)
  }
}

function openGlobal(): object {
  return new Script('globalThis').runInNewContext() as object
}

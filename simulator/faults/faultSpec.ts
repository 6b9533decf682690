import { type Fault, type FaultCondition, faultEffects } from './faults.ts'

/** A kind of fault by the name that the command line has for it. */
interface FaultKind {
  readonly says: string
  readonly make: () => Pick<Fault, 'effect' | 'delay'>
}

const html = { 'content-type': 'text/html;charset=UTF-8' }

/** What can be asked for, by name. */
export const faultKinds: Readonly<Record<string, FaultKind>> = {
  '401': { says: 'the session has ended', make: () => ({ effect: faultEffects.unauthorized() }) },
  '429': {
    says: 'too many requests, Retry-After 1',
    make: () => ({ effect: faultEffects.tooManyRequests(1) }),
  },
  '500': {
    says: 'an error page of a proxy',
    make: () => ({
      effect: {
        kind: 'answer',
        status: 500,
        body: '<html><body>Internal Server Error</body></html>',
        headers: html,
      },
    }),
  },
  '503': { says: 'the server is unavailable', make: () => ({ effect: faultEffects.unavailable() }) },
  limit: {
    says: 'the API requests of the day are used up',
    make: () => ({ effect: faultEffects.dailyLimit() }),
  },
  busy: {
    says: 'too many requests at the same time',
    make: () => ({ effect: faultEffects.concurrentLimit() }),
  },
  lock: { says: 'the record is locked (REST)', make: () => ({ effect: faultEffects.rowLock() }) },
  'lock-scim': { says: 'the record is locked (SCIM)', make: () => ({ effect: faultEffects.rowLockScim() }) },
  maintenance: { says: 'the page for maintenance', make: () => ({ effect: faultEffects.maintenance() }) },
  reset: { says: 'cut before it is processed', make: () => ({ effect: { kind: 'reset' } }) },
  lost: {
    says: 'processed, and the answer is lost',
    make: () => ({ effect: { kind: 'commit-then-reset' } }),
  },
  cut: {
    says: 'processed, and the answer is cut off',
    make: () => ({ effect: { kind: 'commit-then-truncate' } }),
  },
  slow: { says: 'answered after 3 seconds', make: () => ({ delay: 3000, effect: { kind: 'none' } }) },
}

const methods: readonly string[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

/** The form of a fault on the command line. */
export const faultForm = '<kind>[:[<method> ]<part of the path>[:<how often>|*]]'

/**
 * Reads `429:GET /Users:2`: the kind; which requests, by method and a part of the path; how many of them, `*` for all. Without
 * the last the first one, without both any first one but that for a token. Throws an `Error` with one sentence.
 */
export function parseFault(text: string): Fault {
  const [name = '', request = '', often = '1', ...more] = text.split(':').map((part) => part.trim())
  const kind = Object.hasOwn(faultKinds, name) ? faultKinds[name] : undefined
  if (kind === undefined) {
    throw new Error(
      `--fault "${text}": there is no fault "${name}". There is: ${Object.keys(faultKinds).join(', ')}`,
    )
  }
  if (more.length > 0) throw new Error(`--fault "${text}" has too many parts: ${faultForm} was expected`)
  const times = often === '*' ? Infinity : /^[1-9]\d{0,5}$/.test(often) ? Number(often) : undefined
  if (times === undefined) {
    throw new Error(`--fault "${text}": how often is a number from 1, or *, not "${often}"`)
  }
  return { when: { ...readRequest(text, request), times }, ...kind.make() }
}

function readRequest(text: string, request: string): FaultCondition {
  const anything = /^(?!\/services\/oauth2\/)/
  if (request === '') return { path: anything }
  const [first = '', path, ...more] = request.split(/\s+/)
  const method = methods.find((each) => each === first.toUpperCase())
  if (more.length > 0 || (path !== undefined && method === undefined)) {
    throw new Error(
      `--fault "${text}": "${request}" is not a method (${methods.join(', ')}) and a part of a path`,
    )
  }
  const part = method === undefined ? first : path
  return {
    ...(method !== undefined && { method }),
    path: part === undefined ? anything : new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i'),
  }
}

/** The kinds, one a line, for a help text. */
export function faultHelp(): string {
  const width = Math.max(...Object.keys(faultKinds).map((name) => name.length))
  return Object.entries(faultKinds)
    .map(([name, { says }]) => `  ${name.padEnd(width)}  ${says}`)
    .join('\n')
}

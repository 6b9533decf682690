import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { isAbsolute } from 'node:path'
import { ConnectorError } from '../../errors.ts'
import { log } from '../../log.ts'
import { isObject } from '../../validate.ts'
import { isToken, type Token } from './signIn.ts'
import { publicKeyOf, type TokenOwner } from './tokenOwner.ts'

/** Milliseconds after which a token is not used any more: Salesforce names no life time, and says 401 when it has ended. */
const longestLife = 12 * 60 * 60 * 1000

/** Milliseconds that the clocks of two machines with one file may differ. */
const clockSkew = 5 * 60 * 1000

/** The largest file that is read, in bytes: some hundred tokens are 50 kB. */
const sizeLimit = 1024 * 1024

/** How many tokens a file holds; the oldest make room. */
const tokenLimit = 200

/** A token as the file has it, under the hash of its owner. */
interface KeptToken {
  accessToken: string
  instanceUrl?: string
  orgId?: string
  userId?: string
  /** Milliseconds since 1970. */
  signedInAt: number
}

/** What a file holds: `{ "version": 1, "tokens": { "<hash>": KeptToken } }`. */
interface Content {
  readonly tokens: ReadonlyMap<string, KeptToken>
  /** Whether something else was in it. */
  readonly isForeign: boolean
}

/**
 * The owner's token in the file, if it is not older than 12 hours. A file that is no token cache, or a damaged one, is a
 * warning. Throws `MISCONFIGURED` for a file that others can read or have made, before anything is sent.
 */
export async function findToken(path: string, owner: TokenOwner, now: number): Promise<Token | undefined> {
  if (process.platform === 'win32') {
    log('information', 'Who can read Configuration.TokenCache is not checked on Windows')
  }
  const { tokens, isForeign } = read(path, now)
  if (isForeign)
    log('warning', `Configuration.TokenCache [${path}] holds no tokens, or is damaged: it is not used`)
  const kept = tokens.get(await hashOf(owner))
  if (kept === undefined) return undefined
  log('information', 'Using the access token that Configuration.TokenCache has')
  const { accessToken, instanceUrl, orgId, userId } = kept
  return { accessToken, instanceUrl, orgId, userId }
}

/** Puts a token into the file. That it cannot be written is a warning. */
export async function keepToken(path: string, owner: TokenOwner, token: Token, now: number): Promise<void> {
  const { accessToken, instanceUrl, orgId, userId } = token
  const kept = {
    accessToken,
    ...(instanceUrl !== undefined && { instanceUrl }),
    ...(orgId !== undefined && { orgId }),
    ...(userId !== undefined && { userId }),
    signedInAt: now,
  }
  const hash = await hashOf(owner)
  change(path, now, (tokens) => tokens.set(hash, kept))
}

/** Takes a token that was refused out of the file, unless another process has put a new one there since. */
export async function dropToken(path: string, owner: TokenOwner, refused: Token, now: number): Promise<void> {
  const hash = await hashOf(owner)
  if (read(path, now).tokens.get(hash)?.accessToken !== refused.accessToken) return
  change(path, now, (tokens) => tokens.delete(hash))
}

async function hashOf(owner: TokenOwner): Promise<string> {
  const { createHash } = await import('node:crypto')
  return createHash('sha256').update(publicKeyOf(owner)).digest('hex')
}

function read(path: string, now: number): Content {
  if (!isAbsolute(path)) {
    throw unusable(path, 'is not an absolute path: a host decides in which folder it starts a script')
  }
  const text = readText(path)
  if (text === undefined || text === '') return { tokens: new Map(), isForeign: false }
  const tokens = parse(text, now)
  return { tokens: tokens ?? new Map<string, KeptToken>(), isForeign: tokens === undefined }
}

/** Undefined where there is no file yet. */
function readText(path: string): string | undefined {
  let file: number
  try {
    // Not waiting for a writer, should it be a pipe; Windows has neither the flag nor the need.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw unusable(path, `cannot be read (${codeOf(error)}): this user needs to read and write it`)
  }
  try {
    const stats = fstatSync(file)
    checkOwnership(path, stats)
    return stats.size > sizeLimit ? '?' : readFileSync(file, 'utf8')
  } finally {
    closeSync(file)
  }
}

/** Others could act as the integration user with a token that they can read, and be sent data by one that they wrote. */
function checkOwnership(path: string, stats: Stats): void {
  if (!stats.isFile()) throw unusable(path, 'is not a file')
  if (process.platform === 'win32') return
  if (stats.uid !== process.getuid?.()) {
    throw unusable(path, 'belongs to another user of this machine: delete it, or choose another file')
  }
  if ((stats.mode & 0o077) !== 0) {
    throw unusable(
      path,
      'can be read or written by other users of this machine: allow its owner only (chmod 600), or delete it',
    )
  }
}

function unusable(path: string, problem: string): ConnectorError {
  return new ConnectorError('MISCONFIGURED', `Configuration.TokenCache [${path}] ${problem}.`)
}

function parse(text: string, now: number): Map<string, KeptToken> | undefined {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(content) || content['version'] !== 1 || !isObject(content['tokens'])) return undefined
  const tokens = new Map<string, KeptToken>()
  for (const [hash, entry] of Object.entries(content['tokens'])) {
    if (!isKeptToken(entry)) return undefined
    // What has no place in a header cannot be sent: somebody else has written it.
    if (!isToken(entry.accessToken)) continue
    const age = now - entry.signedInAt
    if (age < longestLife && age > -clockSkew) tokens.set(hash, entry)
  }
  return tokens
}

function isKeptToken(value: unknown): value is KeptToken {
  if (!isObject(value)) return false
  const { accessToken, instanceUrl, orgId, userId, signedInAt } = value
  const isTextOrAbsent = (member: unknown): boolean => member === undefined || typeof member === 'string'
  return (
    typeof accessToken === 'string' &&
    accessToken !== '' &&
    typeof signedInAt === 'number' &&
    isTextOrAbsent(instanceUrl) &&
    isTextOrAbsent(orgId) &&
    isTextOrAbsent(userId)
  )
}

/**
 * Reads the file as it is now and puts a changed one in its place, at once: another process sees the old or the new one. Of
 * two that do so at the same time the later wins, and the other's token costs a sign-in.
 */
function change(path: string, now: number, edit: (tokens: Map<string, KeptToken>) => void): void {
  const { tokens: current, isForeign } = read(path, now)
  const tokens = new Map(current)
  edit(tokens)
  const newest = [...tokens].sort(([, a], [, b]) => b.signedInAt - a.signedInAt).slice(0, tokenLimit)
  const temporary = `${path}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`
  try {
    const text = JSON.stringify({ version: 1, tokens: Object.fromEntries(newest) })
    writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 })
    // A path that was mistyped may be something that nobody has a copy of.
    if (isForeign) renameSync(path, `${path}.old`)
    renameSync(temporary, path)
    if (isForeign) log('warning', `It was replaced; what was there is now in [${path}.old]`)
  } catch (error) {
    log('warning', `Configuration.TokenCache [${path}] cannot be written (${codeOf(error)})`)
    remove(temporary)
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // It was never made.
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

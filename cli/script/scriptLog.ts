import type { Actor, ErrorCode } from '../../shared/errors.ts'
import { redact, redactValue } from '../../shared/redact.ts'
import { isObject } from '../../shared/validate.ts'

/** A request that was sent, or would be. */
export interface ShownRequest {
  readonly method: string
  /** With its query, decoded. */
  readonly path: string
  /** HTTP status; undefined where no answer came, and for what would be sent. */
  readonly status?: number
  readonly milliseconds?: number
  /** Of a request that writes. */
  readonly body?: unknown
  /** The requests that one carries (Salesforce's composite requests), in their order. */
  readonly parts?: readonly ShownRequest[]
}

/** What the log tells of the error that ended the script. */
export interface ShownError {
  readonly code: ErrorCode
  /** Salesforce's own codes. */
  readonly faults: readonly string[]
  readonly actor: Actor | undefined
  readonly advice: string | undefined
  /** Without its code. */
  readonly message: string
}

/** What a script logged on stderr. */
export interface ScriptLog {
  readonly sent: readonly ShownRequest[]
  readonly planned: readonly ShownRequest[]
  readonly warnings: readonly string[]
  readonly error: ShownError | undefined
  /** Lines that are no log of ours: Node's own words about a crash. */
  readonly foreign: readonly string[]
}

/** Reads the lines of a script's log. Secrets are out of it already; members with a secret's name are masked once more. */
export function readLog(stderr: string): ScriptLog {
  const sent: ShownRequest[] = []
  const planned: ShownRequest[] = []
  const warnings: string[] = []
  const foreign: string[] = []
  let error: ShownError | undefined
  let announced: ShownRequest | undefined
  for (const text of stderr.split('\n')) {
    if (text.trim() === '') continue
    const line = parseLine(text)
    if (line === undefined) {
      foreign.push(text)
      continue
    }
    const { level, message } = line
    if (isObject(line['request'])) {
      const { method, path, body } = line['request']
      const request = {
        method: String(method),
        path: decode(String(path)),
        ...(body !== undefined && { body }),
        ...partsOf(body),
      }
      if (message.startsWith('[DryRun]')) planned.push(request)
      else announced = request
      continue
    }
    const answered = /^(GET|POST|PATCH|DELETE) (\S+): (?:(\d{3}), .*|no answer), (\d+) ms$/.exec(message)
    if (answered !== null) {
      const [, method = '', path = '', status, milliseconds] = answered
      const isAnnounced = announced?.method === method && announced.path === decode(path)
      sent.push({
        method,
        path: decode(path),
        ...(status !== undefined && { status: Number(status) }),
        milliseconds: Number(milliseconds),
        ...(isAnnounced && announced?.body !== undefined && { body: announced.body }),
        ...(isAnnounced && announced?.parts !== undefined && { parts: announced.parts }),
      })
    } else if (Array.isArray(line['parts'])) {
      const carrier = sent.at(-1)
      if (carrier?.parts !== undefined) sent.splice(-1, 1, withStatus(carrier, line['parts']))
    } else if (level === 'warning') warnings.push(message)
    else if (level === 'error') error = readError(message, line['error'])
  }
  return { sent, planned, warnings, error, foreign }
}

function parseLine(text: string): (Record<string, unknown> & { level: string; message: string }) | undefined {
  let value: unknown
  try {
    // A line of ours, in our words; what others wrote in it is without secrets already.
    value = redactValue(JSON.parse(text), redact)
  } catch {
    return undefined
  }
  if (!isObject(value)) return undefined
  const { level, message } = value
  return typeof level === 'string' && typeof message === 'string' ? { ...value, level, message } : undefined
}

function readError(message: string, evidence: unknown): ShownError | undefined {
  const known = isObject(evidence) ? evidence : {}
  const code = known['code'] ?? /^([A-Z_]+): /.exec(message)?.[1]
  if (typeof code !== 'string') return undefined
  const faults = Array.isArray(known['faults']) ? known['faults'].filter(isObject) : []
  return {
    code: code as ErrorCode,
    faults: [...new Set(faults.map(({ errorCode }) => String(errorCode)))].filter((name) => name !== ''),
    actor: typeof known['actor'] === 'string' ? (known['actor'] as Actor) : undefined,
    advice: typeof known['advice'] === 'string' ? known['advice'] : undefined,
    message: message.replace(/^[A-Z_]+: /, ''),
  }
}

/** The requests in the body of a composite request. */
function partsOf(body: unknown): Pick<ShownRequest, 'parts'> {
  const list = isObject(body) ? body['compositeRequest'] : undefined
  if (!Array.isArray(list)) return {}
  const parts = list.filter(isObject).map(({ method, url, body: inner }) => ({
    method: String(method),
    path: decode(String(url)),
    ...(inner !== undefined && { body: inner }),
  }))
  return { parts }
}

/** A composite request with what each of its requests came to. */
function withStatus(request: ShownRequest, statuses: readonly unknown[]): ShownRequest {
  const parts = (request.parts ?? []).map((part, index) => {
    const status = statuses[index]
    return typeof status === 'number' ? { ...part, status } : part
  })
  return { ...request, parts }
}

/** A path as people read it; one that is not encoded well as it is. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

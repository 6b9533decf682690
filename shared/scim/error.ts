import type { TargetFault } from '../errors.ts'

/** Salesforce's codes: capitals and underscores. Shorter ones are words: `NOTE: …`, `ERROR: …` (assumed). */
const code = '[A-Z][A-Z_]{5,80}'
/** Apex's text of a failure has a head before the code; the text of its status alone begins with the code (assumed). */
const dmlHead = new RegExp(`first error: (${code}), ?`)
const dmlStatus = new RegExp(`^(${code}), ?`)
const item = new RegExp(`^(${code}): ?([\\s\\S]*)$`)
const betweenItems = new RegExp(`;(?=\\s{0,40}(?:${code}:|$))`)

/**
 * The faults in the `detail` of a SCIM error: `CODE:text;CODE:text;` (pilot, and a captured native answer), or the text of
 * a failed DML statement (`… first error: CODE, text: [Fields]`). A text without a code is one fault without a code.
 */
export function faultsOfDetail(detail: string): TargetFault[] {
  const failed = faultOfDml(detail)
  if (failed !== undefined) return [failed]
  return detail
    .split(betweenItems)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      const [, errorCode = '', message = ''] = item.exec(text) ?? ['', '', text]
      return { errorCode, message: plain(message) }
    })
}

/** The fault in the text of a failed DML statement, with its fields; undefined where the text is none. */
function faultOfDml(text: string): TargetFault | undefined {
  const failed = withoutStack(text)
  const head = dmlHead.exec(failed) ?? dmlStatus.exec(failed)
  if (head === null) return undefined
  const [whole, errorCode = ''] = head
  // A word in capitals is no code.
  if (whole.startsWith(errorCode) && !errorCode.includes('_')) return undefined
  const rest = withoutSemicolon(failed.slice(head.index + whole.length))
  const begin = rest.endsWith(']') ? rest.lastIndexOf(': [') : -1
  const message = begin < 0 ? rest : rest.slice(0, begin)
  const fields = begin < 0 ? '' : rest.slice(begin + 3, -1)
  const named = fields.split(',').flatMap((field) => field.trim() || [])
  return { errorCode, message: plain(message), ...(named.length > 0 && { fields: named }) }
}

function withoutSemicolon(text: string): string {
  const trimmed = text.trimEnd()
  return trimmed.endsWith(';') ? trimmed.slice(0, -1).trimEnd() : trimmed
}

/** Without Apex's stack, which follows after an empty line. */
function withoutStack(detail: string): string {
  return detail.replace(/\n(?:Class|Trigger|AnonymousBlock)\.[\s\S]*/, '')
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
])

/** Without the mark-up and the escapes that Salesforce puts into some of its texts. */
export function plain(text: string): string {
  return text
    .replace(/<\/?[a-z][a-z0-9]{0,15}(?:\s[^<>]{0,300})?\/?>/gi, ' ')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities.get(entity) ?? entity)
    .replace(/\s+/g, ' ')
    .trim()
}

import type { TargetFault } from '../errors.ts'

/**
 * The faults in the `detail` of a SCIM error: `CODE:text;CODE:text;` (pilot, and a captured native answer), or the text of
 * a failed DML statement (`… first error: CODE, text: [Fields]`). A text without a code is one fault without a code.
 */
export function faultsOfDetail(detail: string): TargetFault[] {
  const dml = /first error: ([A-Z][A-Z_]+), ?([\s\S]*?)(?:: \[([^\]]*)\])?\s*;?\s*$/.exec(
    withoutStack(detail),
  )
  if (dml !== null) {
    const [, errorCode = '', message = '', fields = ''] = dml
    const named = fields.split(',').flatMap((field) => field.trim() || [])
    return [{ errorCode, message: plain(message), ...(named.length > 0 && { fields: named }) }]
  }
  return detail
    .split(/;(?=\s*(?:[A-Z][A-Z_]+:|$))/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
    .map((item) => {
      const coded = /^([A-Z][A-Z_]+): ?([\s\S]*)$/.exec(item)
      return coded === null
        ? { errorCode: '', message: plain(item) }
        : { errorCode: coded[1] ?? '', message: plain(coded[2] ?? '') }
    })
}

/** Without Apex's stack, which follows after an empty line. */
function withoutStack(detail: string): string {
  return detail.replace(/\n(?:Class|Trigger|AnonymousBlock)\.[\s\S]*$/, '')
}

/** Without the mark-up that Salesforce puts into some of its texts. */
export function plain(text: string): string {
  return text
    .replace(/<[^>]{1,20}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

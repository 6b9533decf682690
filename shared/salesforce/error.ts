import { type ErrorShape, TargetError, type TargetFault } from '../errors.ts'
import { faultsOfDetail, plain } from '../scim/error.ts'
import { isObject, type JsonObject } from '../validate.ts'
import { catalogue, codeOfStatus } from './catalogue.ts'

/**
 * An answer that says no, in whatever shape Salesforce has for it: SCIM's error, REST's list, REST's single object, SCIM
 * 1.1's `Errors`, a composite's `errors`, or no JSON at all. Every element is kept and shown.
 */
export function toTargetError(status: number, body: string): TargetError {
  const faults = faultsOf(body)
  const first = faults.find(({ errorCode }) => errorCode in catalogue)
  const code = (first && catalogue[first.errorCode]?.code) ?? codeOfStatus(status)
  return new TargetError(code, sentence(status, faults), { status, faults, shape: shapeOf(body) })
}

function shapeOf(body: string): ErrorShape {
  const parsed = parse(body)
  if (parsed === undefined || parsed === null) return 'other'
  return isObject(parsed) && 'schemas' in parsed ? 'scim' : 'json'
}

/** One sentence for all faults: Salesforce's own words, its code, and what to do next. */
export function sentence(status: number, faults: readonly TargetFault[]): string {
  if (faults.length === 0) return `Salesforce answered with status ${status} and no explanation`
  return faults
    .map(({ errorCode, message, fields }) => {
      const said = [message, errorCode === '' ? '' : `(${errorCode})`].filter(Boolean).join(' ')
      const named = fields === undefined || fields.length === 0 ? '' : ` [${fields.join(', ')}]`
      const advice = catalogue[errorCode]?.advice
      return `${said}${named}${advice === undefined ? '' : `: ${advice}`}`
    })
    .join('; ')
}

/** The faults in an error's body, however it is shaped. */
export function faultsOf(body: string): TargetFault[] {
  const parsed = parse(body)
  if (parsed === undefined) return faultsOfText(body)
  return (Array.isArray(parsed) ? parsed : [parsed]).flatMap(faultsOfElement)
}

function faultsOfElement(element: unknown): TargetFault[] {
  if (typeof element === 'string') return element.trim() === '' ? [] : faultsOfDetail(element)
  if (!isObject(element)) return []
  const detail = element['detail']
  if (typeof detail === 'string') return faultsOfDetail(detail)
  for (const list of [element['Errors'], element['errors']]) {
    if (Array.isArray(list)) return list.flatMap(faultsOfElement)
  }
  const message = textOf(element, 'message', 'description', 'error_description')
  const errorCode = textOf(element, 'errorCode', 'statusCode', 'error')
  if (message === '' && errorCode === '') return []
  // An Apex or DML failure hides the code that matters in its text.
  const inner = faultsOfDetail(message)
  if (inner.some((fault) => fault.errorCode in catalogue)) return inner
  const fields = element['fields']
  const named = Array.isArray(fields) ? fields.filter((field) => typeof field === 'string') : []
  return [{ errorCode, message: plain(message), ...(named.length > 0 && { fields: named }) }]
}

function textOf(element: JsonObject, ...names: string[]): string {
  for (const name of names) {
    const value = element[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return ''
}

/** A page for people, or a body that was cut off: the `detail` if one can still be read, else the title or the first words. */
function faultsOfText(body: string): TargetFault[] {
  const detail = /"detail"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1]
  if (detail !== undefined) return faultsOfDetail(String(parse(`"${detail}"`) ?? detail))
  const title = /<title[^>]*>([^<]{1,200})<\/title>/i.exec(body)?.[1]
  const words = plain(title ?? body.replace(/<[^>]*>/g, ' ')).slice(0, 200)
  return words === '' ? [] : [{ errorCode: '', message: words }]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import {
  type ErrorCode,
  type ErrorShape,
  type Language,
  TargetError,
  type TargetFault,
  type Verdict,
} from '../../errors.ts'
import { keepQuote } from '../../language/quotes.ts'
import { faultsOfDetail, plain } from '../../scim/error.ts'
import { bound } from '../../redact.ts'
import { isObject, type JsonObject } from '../../validate.ts'
import { catalogue, codeOf, explain } from './catalogue.ts'
import { adviceOfStatus, noExplanation, verdictOfStatus } from './catalogueStatus.ts'
import { titleOf } from './wrongAddress.ts'

/**
 * An answer that says no, in whatever shape Salesforce has for it: SCIM's error, REST's list, REST's single object, SCIM
 * 1.1's `Errors`, a composite's parts, or no JSON at all. Every element is kept and shown, with what to do next in
 * `language`. Class, retry and actor are those of the first fault that is known, by code or by text; else of the status.
 */
export function toTargetError(status: number, body: string, language: Language): TargetError {
  const faults = faultsOf(body)
  const entries = faults.flatMap((fault) => explain(fault, status) ?? [])
  const decisive = entries.find((entry) => entry.class !== 'unknown') ?? entries[0]
  const message = sentence(status, faults, language)
  if (language !== 'en') keepQuote(message)
  return new TargetError(codeOf(decisive, status), message, {
    status,
    faults,
    shape: shapeOf(body),
    verdict: decisive ?? verdictOfStatus(status),
    advice: (decisive?.advice ?? adviceOfStatus(status))?.[language],
  })
}

/**
 * The error with what the connector knows about its reason, which is then the next step in place of the general one.
 * Salesforce's own words and codes stay.
 */
export function withFinding(
  error: TargetError,
  finding: string,
  meaning: { readonly code?: ErrorCode; readonly verdict?: Verdict } = {},
): TargetError {
  const { status, faults, shape, class: kind, retry, actor } = error
  const said = faults.map(words).join('; ')
  if (said !== '') keepQuote(said)
  return new TargetError(meaning.code ?? error.code, `${said === '' ? error.message : said}: ${finding}`, {
    status,
    faults,
    shape,
    verdict: meaning.verdict ?? { class: kind, retry, actor },
    advice: finding,
  })
}

/** The error of a request that was tried again as long as that could help: what may help from here on is the next run. */
export function afterRetries(error: TargetError): TargetError {
  const { code, message, status, faults, shape, class: kind, retry, actor, advice } = error
  if (retry !== 'soon') return error
  const verdict: Verdict = { class: kind, retry: 'later', actor }
  return new TargetError(code, message, { status, faults, shape, verdict, advice })
}

const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error'

/**
 * Whether an answer of 2xx is an error all the same, so that what was asked for was not done. A collection's answer is not:
 * it has an outcome for each record, and some may be good.
 */
export function isRefusal(json: unknown): boolean {
  if (Array.isArray(json)) return json.length > 0 && json.every(hasErrorCode)
  if (!isObject(json)) return false
  const { schemas, success, Errors } = json
  const urns: readonly unknown[] = Array.isArray(schemas) ? schemas : [schemas]
  if (urns.some((urn) => typeof urn === 'string' && urn.includes(errorUrn))) return true
  return hasErrorCode(json) || success === false || (Array.isArray(Errors) && Errors.length > 0)
}

function hasErrorCode(json: unknown): boolean {
  return isObject(json) && typeof json['errorCode'] === 'string' && typeof json['message'] === 'string'
}

function shapeOf(body: string): ErrorShape {
  const parsed = parse(body)
  if (parsed === undefined || parsed === null) return 'other'
  return isObject(parsed) && 'schemas' in parsed ? 'scim' : 'json'
}

/** The longest text of one fault that is shown; more is no help to whoever reads an audit line. */
const longestText = 1000

/**
 * One sentence for all faults: Salesforce's own words, its code, and what to do next. The same advice is given once, after
 * the last fault that it belongs to. Where none of them is known, the status has an advice or none.
 */
function sentence(status: number, faults: readonly TargetFault[], language: Language): string {
  const ofStatus = adviceOfStatus(status)?.[language]
  const suffix = (advice: string | undefined): string => (advice === undefined ? '' : `: ${advice}`)
  if (faults.length === 0) return noExplanation[language](status) + suffix(ofStatus)

  const known = faults.map((fault) => explain(fault, status)?.advice[language])
  const advices = known.every((advice) => advice === undefined) ? faults.map(() => ofStatus) : known
  return faults
    .map((fault, index) => {
      const advice = advices[index]
      return words(fault) + suffix(advices.includes(advice, index + 1) ? undefined : advice)
    })
    .join('; ')
}

function words({ errorCode, message, fields = [] }: TargetFault): string {
  const text = message.length > longestText ? `${message.slice(0, longestText)}…` : message
  const said = [text, errorCode === '' ? '' : `(${errorCode})`].filter(Boolean).join(' ')
  return fields.length === 0 ? said : `${said} [${fields.join(', ')}]`
}

/** The faults in an error's body, however it is shaped. */
function faultsOf(body: string): TargetFault[] {
  const parsed = parse(body)
  if (parsed === undefined) return faultsOfText(body)
  return (Array.isArray(parsed) ? parsed : [parsed]).flatMap((element) => faultsOfElement(element, 0))
}

/** Members that hold errors again: of SCIM 1.1, of collections, of trees and of composites. */
const lists = ['Errors', 'errors', 'results', 'compositeResponse', 'body'] as const

/** No answer of Salesforce nests its errors deeper. */
const deepest = 5

function faultsOfElement(element: unknown, depth: number): TargetFault[] {
  if (typeof element === 'string') return element.trim() === '' ? [] : faultsOfDetail(bounded(element))
  if (!isObject(element)) return []
  const detail = element['detail']
  if (typeof detail === 'string')
    return withCode(faultsOfDetail(bounded(detail)), textOf(element, 'scimType'))
  for (const name of lists) {
    const list = element[name]
    if (Array.isArray(list) && depth < deepest)
      return list.flatMap((item) => faultsOfElement(item, depth + 1))
  }
  const message = textOf(element, 'message', 'description', 'error_description')
  const errorCode = textOf(element, 'errorCode', 'statusCode', 'error', 'scimType')
  if (message === '' && errorCode === '') return []
  const inner = wrappers.has(errorCode) ? faultsOfDetail(message) : []
  if (inner.some((fault) => catalogue.has(fault.errorCode))) return inner
  const fields = element['fields']
  const named = Array.isArray(fields) ? fields.filter((field) => typeof field === 'string').map(bounded) : []
  return [{ errorCode, message: plain(message), ...(named.length > 0 && { fields: named }) }]
}

/** Codes that say only that something failed: the code that matters is in the text. In any other text it would be a guess. */
const wrappers: ReadonlySet<string> = new Set(['', 'APEX_ERROR', 'UNKNOWN_EXCEPTION'])

/** The faults, of which those without a code of their own get the one of the whole. */
function withCode(faults: readonly TargetFault[], code: string): TargetFault[] {
  if (faults.length === 0 && code !== '') return [{ errorCode: code, message: '' }]
  return faults.map((fault) => (fault.errorCode === '' ? { ...fault, errorCode: code } : fault))
}

function textOf(element: JsonObject, ...names: string[]): string {
  for (const name of names) {
    const value = element[name]
    if (typeof value === 'string' && value !== '') return bounded(value)
  }
  return ''
}

/**
 * Characters that are read of a text of an answer, before anything is looked for in it: what tells why is said at its
 * beginning, and a search must not take the time that others are waiting for.
 */
const longestRead = 8192

function bounded(text: string): string {
  return bound(text, longestRead)
}

/** A page for people, or a body that was cut off: the `detail` if one can still be read, else the title or the first words. */
function faultsOfText(body: string): TargetFault[] {
  // A proxy's binary junk, or NULs, are no words.
  const beginning = bounded(body).replace(/[\u0000-\u001f\u007f-\u009f\ufffd]/g, ' ')
  const detail = /"detail"\s{0,20}:\s{0,20}"((?:[^"\\]|\\.){0,8192})"/.exec(beginning)?.[1]
  if (detail !== undefined) return faultsOfDetail(String(parse(`"${detail}"`) ?? detail))
  const words = plain(titleOf(beginning) ?? beginning.replace(/<[^<>]{0,1000}>/g, ' ')).slice(0, 200)
  return words === '' ? [] : [{ errorCode: '', message: words }]
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

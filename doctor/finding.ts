import { type ConnectorError, type Language, TargetError, TransportError } from '../shared/errors.ts'
import { translate } from '../shared/language/translate.ts'
import { isHidden } from '../shared/salesforce/rest/unseen.ts'
import { type FindingCode, remedies } from './remedies.ts'

/** The parts of an examination, in their order. */
export const parts = [
  'settings',
  'network',
  'sign-in',
  'API',
  'rights',
  'accounts',
  'mapping',
  'options',
] as const
export type Part = (typeof parts)[number]

/** What one check came to: one JSON object a line, for the tool that shows it. */
export interface Finding {
  readonly part: Part
  /** What was checked, in a few words. */
  readonly check: string
  /** `warning`: it works, and somebody should look at it. `skipped`: nothing is known, and the message says why. */
  readonly outcome: 'ok' | 'failed' | 'warning' | 'skipped'
  readonly message: string
  /** Of what is not good. */
  readonly code?: FindingCode
  /** The one thing to do. */
  readonly fix?: string
}

/** Makes the findings of one part, in the language of the settings. */
export interface Findings {
  ok(check: string, message: string): Finding
  skipped(check: string, message: string): Finding
  /** `fix` where it is not the code's own. */
  failed(check: string, code: FindingCode, message: string, fix?: string): Finding
  warning(check: string, code: FindingCode, message: string): Finding
  /** A check that an error ended. `code` is for a refusal that says nothing that has a code of its own. */
  stopped(check: string, error: ConnectorError, code: FindingCode): Finding
  /**
   * A read that was refused. What is hidden from the integration user needs a right: where `missing`, the rights that other
   * findings name, has it, this one only says so.
   */
  refused(check: string, error: ConnectorError, missing: ReadonlySet<string>): Finding
}

export function findingsOf(part: Part, language: Language): Findings {
  const remedy = (code: FindingCode): string =>
    code in remedies ? remedies[code as keyof typeof remedies][language] : remedies.REFUSED[language]
  const own = (text: string): string => translate(text, language)
  const failed: Findings['failed'] = (check, code, message, fix = remedy(code)) => ({
    part,
    check: own(check),
    outcome: 'failed',
    message: own(message),
    code,
    fix: own(fix),
  })
  const stopped: Findings['stopped'] = (check, error, code) => {
    if (error instanceof TransportError) return failed(check, 'NOT_ANSWERED', error.message)
    // Of what is no answer at all, that the time is up.
    if (!(error instanceof TargetError) && error.code === 'UNAVAILABLE')
      return failed(check, 'NOT_ANSWERED', 'Salesforce answered so slowly that no time was left to ask')
    if (!(error instanceof TargetError)) return failed(check, code, error.message)
    const isUsedUp = error.class === 'limit' && error.has('REQUEST_LIMIT_EXCEEDED')
    const advice = code === 'REFUSED' ? error.advice : undefined
    return failed(
      check,
      isUsedUp ? 'API_REQUESTS_USED_UP' : code,
      saidBy(error),
      isUsedUp ? undefined : advice,
    )
  }
  return {
    ok: (check, message) => ({ part, check: own(check), outcome: 'ok', message: own(message) }),
    skipped: (check, message) => ({ part, check: own(check), outcome: 'skipped', message: own(message) }),
    failed,
    warning: (check, code, message) => ({
      part,
      check: own(check),
      outcome: 'warning',
      message: own(message),
      code,
      fix: remedy(code),
    }),
    stopped,
    refused(check, error, missing) {
      if (!isHidden(error)) return stopped(check, error, 'REFUSED')
      const right = error.rights.find((label) => missing.has(label))
      return right === undefined
        ? failed(check, 'NOT_VISIBLE', saidBy(error), capitalized(error.advice ?? ''))
        : { part, check: own(check), outcome: 'skipped', message: hiddenBehind[language](right) }
    },
  }
}

/** The message of a read that waits for a right. */
const hiddenBehind: Readonly<Record<Language, (right: string) => string>> = {
  en: (right) => `not shown to the integration user without the right ${right}`,
  nl: (right) => `niet zichtbaar voor de integratiegebruiker zonder het recht ${right}`,
}

/** A remedy is a sentence: an advice stands behind a colon elsewhere. */
export function capitalized(advice: string): string {
  return `${advice.slice(0, 1).toUpperCase()}${advice.slice(1)}.`
}

/** Salesforce's own words for a refusal, without our advice. */
export function saidBy({ faults, status }: TargetError): string {
  const said = faults.map(({ errorCode, message }) => [message.slice(0, 200), errorCode && `(${errorCode})`])
  const words = said.map((parts) => parts.filter(Boolean).join(' ')).join('; ')
  return words === '' ? `Salesforce answered with status ${status}` : `Salesforce said: ${words}`
}

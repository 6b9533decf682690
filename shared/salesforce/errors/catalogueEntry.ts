import type { ErrorCode, Language, Verdict } from '../../errors.ts'

/** What whoever reads the audit line should do next: a clause that follows a colon, with the page of Setup where there is one. */
export type Advice = Readonly<Record<Language, string>>

/** What a code of Salesforce, SCIM or OAuth means. */
export interface CatalogueEntry extends Verdict {
  /** Only where our reaction is another than the class's own. */
  readonly code?: ErrorCode
  readonly advice: Advice
}

/** Entries by code, as it is on the wire. */
export type CatalogueTable = Readonly<Record<string, CatalogueEntry>>

/**
 * A refusal that Salesforce tells by its text, because the code says less or there is none. Texts come in the language of
 * the integration user; only the English ones are published.
 */
export interface TextForm extends CatalogueEntry {
  /** Held against Salesforce's text from its first character on; named groups may be used in the advice as `$<name>`. */
  readonly form: RegExp
  /** Only together with this code, in an answer of this status. */
  readonly only?: { readonly errorCode: string; readonly status?: number }
  /** Where the text was seen: documented, observed, or assumed by analogy. */
  readonly evidence: string
}

/** The same verdict for several codes. */
export function judged(
  verdict: Verdict & Pick<CatalogueEntry, 'code'>,
  advice: Readonly<Record<string, Advice>>,
): CatalogueTable {
  return Object.fromEntries(
    Object.entries(advice).map(([errorCode, texts]) => [errorCode, { ...verdict, advice: texts }]),
  )
}

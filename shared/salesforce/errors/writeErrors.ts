import { type Language, TargetError } from '../../errors.ts'
import { keepQuote } from '../../language/quotes.ts'
import type { Advice } from './catalogueEntry.ts'
import { withFinding } from './error.ts'

/** The fields of User that a request writes, by API name. */
type WrittenFields = Readonly<Record<string, unknown>>

/**
 * The error of a refused write of User, with what its code means for the fields that were written: a code that stands for
 * several reasons can have only those that the write makes possible.
 */
export function explainUserWrite(error: unknown, written: WrittenFields, language: Language): unknown {
  if (!(error instanceof TargetError)) return error
  const advice = seats(error, written) ?? emailDomain(error, written)
  if (advice === undefined) return error
  keepQuote(advice[language])
  return withFinding(error, advice[language])
}

/** A full feature license is refused with the words for a full user license (documented: help 000387847). */
function seats(error: TargetError, written: WrittenFields): Advice | undefined {
  const features = Object.entries(written)
    .filter(([name, value]) => name.startsWith('UserPermissions') && String(value) === 'true')
    .map(([name]) => name)
  if (features.length === 0 || !error.has('LICENSE_LIMIT_EXCEEDED')) return undefined
  const named = `[${features.join('], [')}]`
  const page = 'Setup > Company Information > Feature Licenses'
  // Only an active account takes a seat of a user license (documented: Considerations for Deactivating Users).
  const mayBeUserLicense = String(written['IsActive']) === 'true' || 'ProfileId' in written
  return mayBeUserLicense && String(written['IsActive']) !== 'false'
    ? {
        en: `no seat is left, either of the feature license ${named} (${page}) or of the user license (Setup > Company Information > User Licenses): free one, buy more, or take the feature license out of the mapping`,
        nl: `er is geen plaats meer vrij, ofwel op de feature license ${named} (${page}), ofwel op de user license (Setup > Company Information > User Licenses): maak er een vrij, koop bij, of haal de feature license uit de mapping`,
      }
    : {
        en: `no seat of the feature license ${named} is left: take it from a user who does not need it, buy more (${page}), or take it out of the mapping`,
        nl: `er is geen plaats meer vrij op de feature license ${named}: neem er een af van een gebruiker die hem niet nodig heeft, koop bij (${page}), of haal hem uit de mapping`,
      }
}

/** An org that allows some e-mail domains refuses to deactivate a user of another (documented: help 000187224). */
function emailDomain(error: TargetError, written: WrittenFields): Advice | undefined {
  const names = Object.keys(written)
  if (names.length === 0 || names.some((name) => name !== 'IsActive')) return undefined
  const isAboutEmail =
    error.has('INVALID_EMAIL_ADDRESS') ||
    error.faults.some(({ fields = [] }) => fields.some((field) => field === 'Email'))
  if (!isAboutEmail) return undefined
  return {
    en: "the org allows other e-mail domains than the account's, and checks that at every change: add the domain to those that are allowed (Setup > Allowed Email Domains), or change the e-mail address of the account",
    nl: 'de org staat het e-maildomein van het account niet toe, en controleert dat bij elke wijziging: voeg het domein toe aan de toegestane domeinen (Setup > Allowed Email Domains), of wijzig het e-mailadres van het account',
  }
}

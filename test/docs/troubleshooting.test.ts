import type { Actor, Language, Retry } from '../../shared/errors.ts'
import { catalogue, codeOf, textForms } from '../../shared/salesforce/errors/catalogue.ts'
import { signInRows } from '../../shared/salesforce/errors/catalogueSignIn.ts'
import { adviceOfStatus, verdictOfStatus } from '../../shared/salesforce/errors/catalogueStatus.ts'
import { section, table, text } from './markdown.ts'

/** What a page calls who acts, and whether to try again; in English the kind of error is told too. */
interface Page {
  readonly language: Language
  readonly file: string
  readonly headings: Readonly<Record<'signIn' | 'codes' | 'texts' | 'statuses', string>>
  readonly actors: Readonly<Record<Actor, string>>
  readonly again: Readonly<Record<Retry, string>>
}

const pages: readonly Page[] = [
  {
    language: 'en',
    file: 'docs/troubleshooting.md',
    headings: {
      signIn: '## Sign-in',
      codes: '## Codes of Salesforce and SCIM',
      texts: '## What Salesforce says in words',
      statuses: '## Answers without a known code',
    },
    actors: {
      nobody: 'nobody',
      'connector administrator': 'connector administrator',
      'Salesforce administrator': 'Salesforce administrator',
      'customer automation': 'customer automation',
      'HR data': 'HR data',
    },
    again: { soon: 'at once', later: 'later', no: 'no' },
  },
  {
    language: 'nl',
    file: 'docs/nl/foutmeldingen.md',
    headings: {
      signIn: '## Aanmelden',
      codes: '## Codes van Salesforce en SCIM',
      texts: '## Wat Salesforce in woorden zegt',
      statuses: '## Antwoorden zonder bekende code',
    },
    actors: {
      nobody: 'niemand',
      'connector administrator': 'beheerder van de connector',
      'Salesforce administrator': 'Salesforce-beheerder',
      'customer automation': 'beheerder van de automatisering',
      'HR data': 'HR',
    },
    again: { soon: 'meteen', later: 'later', no: 'nee' },
  },
]

describe.each(pages)('$file', ({ language, file, headings, actors, again }) => {
  const page = text(file)
  const isEnglish = language === 'en'

  test('has every answer to a sign-in, in the order in which they are tried', () => {
    const rows = table(section(page, headings.signIn))
    const known = signInRows.map(({ errors, flow, actor, retry, advice }, index) => [
      errors.join(', '),
      // Any text that fits may stand for the form.
      rows[index]?.[1] ?? '',
      flow ?? '',
      actors[actor],
      again[retry],
      advice[language],
    ])
    expect(rows).toEqual(known)
    for (const [index, { description }] of signInRows.entries()) {
      const shown = rows[index]?.[1] ?? ''
      expect({ shown, fits: description?.test(shown) ?? shown === '' }).toEqual({ shown, fits: true })
    }
  })

  test('has every code', () => {
    const known = [...catalogue].map(([code, entry]) => [
      code,
      ...(isEnglish ? [entry.class, codeOf(entry, 400)] : []),
      actors[entry.actor],
      again[entry.retry],
      entry.advice[language],
    ])
    expect(table(section(page, headings.codes))).toEqual(known)
  })

  test('has every text, with a sentence that no earlier one takes', () => {
    const rows = table(section(page, headings.texts))
    expect(rows).toHaveLength(textForms.length)
    for (const [index, entry] of textForms.entries()) {
      const [shown = '', ...rest] = rows[index] ?? []
      const takes = textForms.findIndex(({ only, form }) => only === undefined && form.test(shown))
      // One that needs a code besides is not told by its text alone.
      expect({ shown, takes }).toEqual({ shown, takes: entry.only === undefined ? index : -1 })
      const groups = entry.form.exec(shown)?.groups ?? {}
      const advice = entry.advice[language].replace(/\$<(\w+)>/g, (_, name: string) => groups[name] ?? '')
      expect(entry.form.test(shown)).toBe(true)
      expect(rest).toEqual([
        ...(isEnglish ? [entry.class] : []),
        actors[entry.actor],
        again[entry.retry],
        advice,
      ])
    }
  })

  test('has every status that says something by itself', () => {
    const all = Array.from({ length: 400 }, (_, index) => 200 + index)
    const known = all.flatMap((status) => {
      const advice = adviceOfStatus(status)
      const verdict = verdictOfStatus(status)
      const kind = isEnglish ? [verdict.class] : []
      return advice === undefined
        ? []
        : [[String(status), ...kind, actors[verdict.actor], again[verdict.retry], advice[language]]]
    })
    expect(table(section(page, headings.statuses))).toEqual(known)
  })
})

import { parts } from '../../doctor/finding.ts'
import { remedies } from '../../doctor/remedies.ts'
import { signInFindings } from '../../shared/salesforce/errors/catalogueSignIn.ts'
import { section, table, text } from './markdown.ts'

const page = text('docs/doctor.md')

test.each([
  ['docs/doctor.md', '## What it finds', 'en'],
  ['docs/nl/foutmeldingen.md', '## Bevindingen van doctor', 'nl'],
] as const)('%s has every finding and what to do, as the doctor says it', (file, heading, language) => {
  const known = Object.entries(remedies).map(([code, remedy]) => [code, remedy[language]])
  expect(table(section(text(file), heading))).toEqual(known)
})

test('the page has the name of everything that can be wrong with a sign-in', () => {
  const named = [...section(page, '## What it finds').matchAll(/`([A-Z_]{6,})`/g)].map(([, name]) => name)
  expect(signInFindings.filter((name) => !named.includes(name))).toEqual([])
})

test('the page has the parts of an examination in their order', () => {
  const shown = table(page).map(([part]) => part)
  expect(shown.slice(0, parts.length)).toEqual(parts)
})

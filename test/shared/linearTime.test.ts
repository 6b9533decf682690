import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { blockerForms } from '../../shared/salesforce/errors/catalogueBlockers.ts'
import { root } from '../process.ts'
import { superlinearParts } from './linearTime.ts'
import { type Pattern, patternsOf } from './patterns.ts'

/**
 * Patterns that are not linear by their form, and why they cost no time all the same: what they read was cut before, or
 * nobody else writes it.
 */
const bounded: Readonly<Record<string, string>> = {
  [String.raw`shared/salesforce/errors/error.ts /"detail"\s{0,20}:\s{0,20}"((?:[^"\\]|\\.){0,8192})"/`]:
    'it reads 8,192 characters, in which `"detail"` fits a thousand times',
  [String.raw`shared/salesforce/rest/unseen.ts /'(?:[^'\\]|\\.)*'/g`]:
    'a query of ours, in which every literal has its end',
  'doctor/visibility.ts /^SELECT (.*) FROM (\\w+)/': 'a query of ours',
  "shared/language/templates.ts new RegExp(`^${literals.join('([\\\\s\\\\S]*?)')}$`)":
    'a line that is longer than 4,096 characters is not translated',
  "shared/salesforce/errors/catalogueBlockers.ts new RegExp(`^${head}(?:a user (?:who|that) is )?(?:the |an? )?${rest}`, 'i')":
    'a part of each is given by its place: the test below reads them whole',
}

const patterns = ['shared', 'connectors', 'doctor'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [folder, ...name.split(sep)].join('/'))
    .flatMap((file) => patternsOf(file, readFileSync(join(root, file), 'utf8'))),
)

function nameOf({ file, source }: Pattern): string {
  return `${file} ${source.replace(/\s+/g, ' ')}`
}

test('every regular expression takes linear time by its form, or reads what was cut', () => {
  expect(patterns.length).toBeGreaterThan(100)
  const faults = patterns.flatMap((pattern) => {
    const parts =
      pattern.literal === undefined ? ['its text is not in this file'] : superlinearParts(pattern.literal)
    return parts.length === 0 ? [] : [{ name: nameOf(pattern), parts }]
  })
  expect(faults.filter(({ name }) => bounded[name] === undefined)).toEqual([])
  // An exception that is not needed any more would hide the next one.
  expect(Object.keys(bounded).filter((name) => !faults.some((fault) => fault.name === name))).toEqual([])
})

test('so does every form of a refusal to deactivate', () => {
  expect(blockerForms.length).toBeGreaterThan(5)
  for (const { form } of blockerForms) expect(superlinearParts(String(form))).toEqual([])
})

test.each([
  ['a search that begins again in what it has read', '/<[^>]*>/g'],
  ['the same by several characters', String.raw`/eyJ[\w-]+\.[\w-]+/`],
  ['the same behind a word boundary', String.raw`/\beyJ[\w-]+\.[\w-]+/`],
  ['the same at the end of a text', String.raw`/\s+$/`],
  ['the same within a group', String.raw`/(?:ab)*c/`],
  ['the same in one of several alternatives', '/x|<[^>]*>/'],
  ['the same in every line', '/^[^b]*b/m'],
  ['two repetitions of the same', String.raw`/^\w+\d+x/`],
  ['the same with something optional between', String.raw`/^\s*;?\s*$/`],
  ['a repetition within a repetition', '/^(?:a+)+$/'],
  ['an alternative that another one begins', '/^(?:a|ab|b)*$/'],
  ['what may stand twice within a repetition', '/^(?:a?b?a?)*$/'],
  ['bounded choices that combine', '/^.{0,100}a.{0,100}b.{0,100}c/'],
  ['a look ahead without a bound', String.raw`/a(?=\s*b)/`],
  ['a look behind without a bound', String.raw`/(?<=a\s*)b/`],
  ['a reference back', String.raw`/^(a+)\1$/`],
])('finds %s', (_, literal) => {
  expect(superlinearParts(literal)).not.toEqual([])
})

test.each([
  '/<[^<>]*>/g',
  String.raw`/(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]*){1,2}/g`,
  String.raw`/\s+/g`,
  String.raw`/^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/`,
  String.raw`/^[a-z]\w*__c$/i`,
  String.raw`/"(?:[^"\\]|\\.)*$/y`,
  '/^.{0,80}secret$/',
])('passes %s', (literal) => {
  expect(superlinearParts(literal)).toEqual([])
})

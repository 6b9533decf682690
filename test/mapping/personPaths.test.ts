import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFieldMapping } from '../../mapping/fieldMapping.ts'
import { describeUnknownPath, findUnknownPaths } from '../../mapping/personPaths.ts'
import { root } from '../process.ts'
import { joined, mappingOf } from './mappings.ts'

const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8')
const persons = ['joiner', 'mover'].map(
  (name) => JSON.parse(read('samples', 'persons', `${name}.json`)) as object,
)
const everybody = persons.map((person) => ({ ...person }))

const sentences = (mode: string, values: readonly string[], given = everybody): string[] =>
  findUnknownPaths(
    joined(...values.map((value, index) => mappingOf(mode, value, { name: `f${index}` }))),
    given,
  ).map((path) => `${path.field} ${describeUnknownPath(path)}${path.isUncertain ? ' (uncertain)' : ''}`)

test.each([['fieldMapping.json'], ['connectors/salesforce-apex-rest/fieldMapping.json']])(
  '%s names only paths that persons have',
  (file) => {
    const mapping = parseFieldMapping(read(file))
    expect(findUnknownPaths(mapping, [])).toEqual([])
    expect(findUnknownPaths(mapping, everybody)).toEqual([])
  },
)

test('a path that no person has is found, with the name that may be meant', () => {
  expect(
    sentences('Field', [
      'Person.PrimaryContract.Departement.DisplayName',
      'Person.name.GivenName',
      'Person.Name.givenName',
      'Person.Custom.badgeNumbr',
      'Person.Custom.badgeNumber',
      'Person.PrimaryContract.Team.Name',
      'Person.Accounts.Anything.mail',
      'Person.Contact.Business.Email',
    ]),
  ).toEqual([
    'f0 reads Person.PrimaryContract.Departement, which no person has: is Department meant?',
    'f1 reads Person.name, which no person has: is Name meant?',
    'f2 reads Person.Name.givenName, which no person has: is GivenName meant?',
    'f3 reads Person.Custom.badgeNumbr, which no person has: is badgeNumber meant? (uncertain)',
  ])
})

test('scripts are read as well, with the line, by variables too, and not in comments and texts', () => {
  expect(
    sentences('Complex', [
      'function f() {\n  return Person.PrimaryContract.Departement.DisplayName;\n}\nf();',
      'var name = Person.Name;\nname.NickNam + name.FamilyName',
      "Person['PrimaryContract']?.Titel?.Name",
      "// Person.Foo\n/* Person.Bar */ 'Person.Baz is empty'",
      'Person.ExternalId.toString().length + Person.Contracts.filter(function (c) { return c.Foo }).length + Person.Contracts[0].Titel.Name',
      "Person.hasOwnProperty('Name') && Person.Name.toString()",
      "Person.Extra = 'x'",
      'function g(name) { return name.Foo }\nvar name = Person.Name; g(name)',
    ]),
  ).toEqual([
    'f0 reads Person.PrimaryContract.Departement (line 2 of the script), which no person has: is Department meant?',
    'f1 reads Person.Name.NickNam (line 2 of the script), which no person has: is NickName meant?',
    'f2 reads Person.PrimaryContract.Titel (line 1 of the script), which no person has: is Title meant?',
    'f4 reads Person.Contracts.0.Titel (line 1 of the script), which no person has: is Title meant?',
  ])
})

test('what persons have is right, whatever the schema says; without persons, what has no near name is uncertain', () => {
  expect(sentences('Field', ['Person.Wage.Scale'], [{ Wage: { Scale: '7' } }])).toEqual([])
  expect(sentences('Field', ['Person.Salary.Scale'], [])).toEqual([
    'f0 reads Person.Salary, which no person has (uncertain)',
  ])
  expect(sentences('Field', ['Person.Custom.badge', 'Person.PrimaryManager.Foo'], [])).toEqual([])
})

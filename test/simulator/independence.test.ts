import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDialect, dialects } from '../../simulator/dialect/dialect.ts'
import { isId, makeId, normaliseId, to18 } from '../../simulator/org/ids.ts'
import { createOrg } from '../../simulator/seed/seed.ts'
import { seedIds } from '../../simulator/seed/seedIds.ts'

const root = join(__dirname, '..', '..', 'simulator')

test('the simulator imports nothing but node modules and itself', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  expect(files.length).toBeGreaterThan(30)
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    const imports = [...text.matchAll(/from '([^']+)'/g)].map((match) => match[1] ?? '')
    const depth = file.split(/[\\/]/).length
    for (const name of imports) {
      const climbs = name.split('/').filter((step) => step === '..').length
      expect(name).toMatch(/^(node:|\.)/)
      expect(climbs).toBeLessThan(depth)
    }
  }
})

test('jsforce, a client of others, is loaded by its own story alone', () => {
  const top = join(root, '..')
  const folders = ['cli', 'connectors', 'scripts', 'shared', 'simulator', 'test']
  const users = folders.flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[cm]?[jt]s$/.test(name) && !name.includes('node_modules'))
      .filter((name) =>
        /(?:from|import|require)\W*'jsforce/.test(readFileSync(join(top, folder, name), 'utf8')),
      )
      .map((name) => `${folder}/${name}`),
  )
  expect(users).toEqual(['test/simulator/jsforce.test.ts'])
})

test('ids have the checksum of Salesforce, their prefix and the order of their numbers', () => {
  // samples of Salesforce's own documentation
  expect(to18('005RM000002FZAl')).toBe('005RM000002FZAlYAO')
  expect(normaliseId('005RM000002FZAl')).toBe('005RM000002FZAlYAO')
  expect(isId('005RM000002FZAlYAO')).toBe(true)
  expect(isId("005RM000002FZA'")).toBe(false)
  const numbers = [0, 9, 10, 35, 36, 61, 62, 3843, 3844, 100_000]
  const made = numbers.map((n) => makeId('005', n))
  expect([...made].sort()).toEqual(made)
})

test('the ids of the seed are there and unlike each other', () => {
  const org = createOrg()
  for (const id of Object.values(seedIds.users)) expect(org.users.has(id)).toBe(true)
  for (const id of Object.values(seedIds.profiles)) expect(org.profiles.has(id)).toBe(true)
  for (const id of Object.values(seedIds.permissionSets)) expect(org.permissionSets.has(id)).toBe(true)
  for (const id of Object.values(seedIds.groups)) expect(org.groups.has(id)).toBe(true)
  expect(to18(seedIds.org.slice(0, 15))).toBe(org.id)
})

test('an empty org has the user that integrations run as, and little else', () => {
  const org = createOrg('empty')
  expect([...org.users.keys()]).toEqual([seedIds.users.integration, seedIds.users.admin])
  expect(org.groups.size).toBe(0)
})

test('both dialects set every switch, and switches go over the documented ones', () => {
  expect(Object.keys(dialects.pilot).sort()).toEqual(Object.keys(dialects.documented).sort())
  expect(createDialect({ pageCap: 20 })).toEqual({ ...dialects.documented, pageCap: 20 })
})

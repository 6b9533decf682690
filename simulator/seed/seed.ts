import { testPublicKey } from '../org/keys.ts'
import { Org } from '../org/org.ts'
import { addCatalogue } from './seedCatalogue.ts'
import { seedCredentials, seedIds } from './seedIds.ts'
import { addRecords } from './seedRecords.ts'
import { addGeneratedUsers, addSeedUsers } from './seedUsers.ts'

/** What the sample company has beyond its people and permissions. */
export interface SeedOptions {
  /** So many generated users. Default: none. */
  users?: number
  /** Newest API version that the org knows. Default: 68. */
  newestVersion?: number
  /** Accounts and other records with owners, profiles of people outside, sessions, and a field of User of every kind. */
  records?: boolean
}

/** 'acme': the sample company; 'empty': only what signing in needs; options: acme and more. */
export type Seed = 'acme' | 'empty' | SeedOptions

/** A new org. */
export function createOrg(seed: Seed = 'acme'): Org {
  const org = new Org()
  org.certificates = [testPublicKey]
  org.securityToken = seedCredentials.securityToken
  Object.assign(org.connectedApp, {
    clientId: seedCredentials.clientId,
    clientSecret: seedCredentials.clientSecret,
    runAsUserId: seedIds.users.integration,
  })
  const { users: generated = 0, records = false } = typeof seed === 'object' ? seed : {}
  addCatalogue(org, generated, seed === 'empty')
  addSeedUsers(org, seed === 'empty')
  org.passwords.set(seedIds.users.integration, seedCredentials.password)
  if (typeof seed === 'object') org.newestVersion = seed.newestVersion ?? org.newestVersion
  if (records) addRecords(org)
  if (generated > 0) addGeneratedUsers(org, generated)
  return org
}

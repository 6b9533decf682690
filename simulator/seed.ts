import { testPublicKey } from './keys.ts'
import { Org } from './org.ts'
import { addCatalogue } from './seedCatalogue.ts'
import { seedCredentials, seedIds } from './seedIds.ts'
import { addGeneratedUsers, addSeedUsers } from './seedUsers.ts'

/** 'acme': the sample company; 'empty': only what signing in needs; a number: acme and so many generated users. */
export type Seed = 'acme' | 'empty' | { users: number }

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
  const generated = typeof seed === 'object' ? seed.users : 0
  addCatalogue(org, generated, seed === 'empty')
  addSeedUsers(org, seed === 'empty')
  org.passwords.set(seedIds.users.integration, seedCredentials.password)
  if (generated > 0) addGeneratedUsers(org, generated)
  return org
}

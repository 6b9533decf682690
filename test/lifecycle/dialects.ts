import { withRestCase } from './hosts.ts'
import { withCase, withHost } from './host.ts'
import type { Dialect, DialectName } from '../../simulator/dialect/dialect.ts'

/** Every doubt that touches an account, turned to the side that is harder for a client. */
export const hard: Partial<Dialect> = {
  unauthorizedShape: 'scim',
  unknownResource: 'no-such-resource',
  patchDmlFailure: 'rest-500',
  limitInfoOnScim: false,
  scimJsonAccepted: false,
  pageCap: 1,
  defaultUserCount: 1,
  emptyUserList: 'empty-resources',
  emptyEntitlementList: 'empty-body',
  filterApostrophe: 'breaks',
  createStatus: 200,
  aliasUrnOnPost: '2.0',
  patchUserName: 'ignore',
  patchExternalId: 'ignore',
  phoneReplace: 'wipe-others',
  clearText: 'ignored',
}

type Case = [
  name: string,
  dialect: DialectName | Partial<Dialect>,
  lend: typeof withHost,
  lendCase: typeof withHost,
]

/**
 * Salesforce as the help pages have it, as its own pilot has it, and at its hardest: what is right in all three does not
 * depend on how a doubt is settled. Built scripts speak the first of them.
 */
export const dialects: readonly Case[] = [
  ['of the documented dialect', 'documented', withHost, withCase],
  ['of the pilot dialect', 'pilot', withCase, withCase],
  ['of the hard dialect', hard, withCase, withCase],
]

/** The same, and the org as the REST connector sees it: none of the doubts about SCIM is its own. */
export const orgs: readonly Case[] = [
  ...dialects,
  ['seen by the REST connector', 'documented', withRestCase, withRestCase],
]

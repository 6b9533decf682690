import type { Dialect, DialectName } from '../../simulator/dialect.ts'

/**
 * Salesforce as the help pages have it, as its own pilot has it, and with every doubt that touches an account turned to the
 * side that is harder for a client: if an action is right in all three, it does not depend on the answer.
 */
export const dialects: readonly [name: string, dialect: DialectName | Partial<Dialect>][] = [
  ['documented', 'documented'],
  ['pilot', 'pilot'],
  [
    'hard',
    {
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
    },
  ],
]

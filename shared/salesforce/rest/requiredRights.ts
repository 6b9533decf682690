import { keepQuote } from '../../language/quotes.ts'
import type { Language } from '../../errors.ts'

/** What cannot be seen: in English behind `the integration user cannot see`, in Dutch behind `de integratiegebruiker`. */
type Words = Readonly<Record<Language, string>>

/** What every org has, and the rights of which one is enough to be shown it. */
export interface RequiredRight {
  readonly words: Words
  /** As Setup labels them. */
  readonly rights: readonly string[]
}

const viewSetup = 'View Setup and Configuration'
const assignSets = 'Assign Permission Sets'
const viewRoles = 'View Roles and Role Hierarchy'
const manageUsers = 'Manage Users'

/**
 * Objects that every org has. To a caller without one of these rights they do not exist, and a query on them is refused as
 * one on an object that there is not (documented: Special Access Rules of each object's page, PermissionSetAssignment's
 * and UserLogin's among them; observed by administrators for Profile, UserRole and PermissionSetGroupComponent; assumed for
 * User, Group, GroupMember and UserLicense).
 */
export const standardObjects: Readonly<Record<string, RequiredRight>> = {
  User: { words: { en: 'users', nl: 'kan gebruikers niet zien' }, rights: ['Manage Internal Users'] },
  UserLogin: {
    words: { en: 'which users are frozen', nl: 'kan niet zien welke gebruikers bevroren zijn' },
    rights: [manageUsers, 'Freeze Users'],
  },
  Profile: {
    words: { en: 'the profiles of the org', nl: 'kan de profielen van de org niet zien' },
    rights: [viewSetup],
  },
  UserLicense: {
    words: { en: 'the user licenses of the org', nl: 'kan de gebruikerslicenties van de org niet zien' },
    rights: [viewSetup],
  },
  UserRole: {
    words: { en: 'the roles of the org', nl: 'kan de rollen van de org niet zien' },
    rights: [viewRoles, viewSetup],
  },
  PermissionSet: {
    words: { en: 'the permission sets of the org', nl: 'kan de permission sets van de org niet zien' },
    rights: [viewSetup, assignSets],
  },
  PermissionSetAssignment: {
    words: {
      en: 'who holds permission sets and permission set groups',
      nl: 'kan niet zien wie permission sets en permission set groups heeft',
    },
    rights: [viewSetup, assignSets],
  },
  PermissionSetGroup: {
    words: {
      en: 'the permission set groups of the org',
      nl: 'kan de permission set groups van de org niet zien',
    },
    rights: [viewSetup, assignSets],
  },
  PermissionSetGroupComponent: {
    words: {
      en: 'which permission sets are in permission set groups',
      nl: 'kan niet zien welke permission sets in permission set groups zitten',
    },
    rights: [viewSetup],
  },
  PermissionSetLicense: {
    words: {
      en: 'the permission set licenses of the org',
      nl: 'kan de permission set licenses van de org niet zien',
    },
    rights: [viewSetup, assignSets],
  },
  PermissionSetLicenseAssign: {
    words: { en: 'who holds permission set licenses', nl: 'kan niet zien wie permission set licenses heeft' },
    rights: [viewSetup, assignSets],
  },
  Group: {
    words: {
      en: 'the public groups and queues of the org',
      nl: 'kan de public groups en queues van de org niet zien',
    },
    rights: [viewSetup, manageUsers],
  },
  GroupMember: {
    words: {
      en: 'who is a member of public groups and queues',
      nl: 'kan niet zien wie lid is van public groups en queues',
    },
    rights: [viewSetup, manageUsers],
  },
}

/** Fields of User that every org has and that a right shows, not field-level security (observed by administrators). */
export const standardUserFields: Readonly<Record<string, RequiredRight>> = {
  ProfileId: {
    words: { en: 'which profile users have', nl: 'kan niet zien welk profiel gebruikers hebben' },
    rights: [viewSetup],
  },
  UserRoleId: {
    words: { en: 'which role users have', nl: 'kan niet zien welke rol gebruikers hebben' },
    rights: [viewRoles, viewSetup],
  },
}

/** Other fields of User, feature licenses among them, where the org describes one that a query may not name (assumed). */
export const userFields: RequiredRight = {
  words: {
    en: 'fields of users that the org has',
    nl: 'kan velden van gebruikers niet zien die de org heeft',
  },
  rights: [viewSetup, 'Manage Internal Users'],
}

const territoryRights = [viewSetup, 'Manage Territories'] as const

/** Objects of features that an org may be without: only the org's own list of its objects tells that it is. */
export const optionalObjects: Readonly<Record<string, RequiredRight>> = {
  Territory2: {
    words: { en: 'the territories of the org', nl: 'kan de territories van de org niet zien' },
    rights: territoryRights,
  },
  Territory2Model: {
    words: { en: 'the territory models of the org', nl: 'kan de territory models van de org niet zien' },
    rights: territoryRights,
  },
  UserTerritory2Association: {
    words: { en: 'who is assigned to territories', nl: 'kan niet zien wie aan territories is toegewezen' },
    rights: territoryRights,
  },
}

/** The object that a parent's name in a query leads to. */
export const parentObjects: Readonly<Record<string, string>> = {
  Assignee: 'User',
  Group: 'Group',
  PermissionSet: 'PermissionSet',
  PermissionSetGroup: 'PermissionSetGroup',
  PermissionSetLicense: 'PermissionSetLicense',
  Profile: 'Profile',
  Territory2: 'Territory2',
  User: 'User',
  UserLicense: 'UserLicense',
  UserRole: 'UserRole',
}

/** The entry of a table by a name in any case, and the name as the table has it. */
export function entryOf<Value>(
  table: Readonly<Record<string, Value>>,
  name: string,
): readonly [name: string, value: Value] | undefined {
  return Object.entries(table).find(([known]) => known.toLowerCase() === name.toLowerCase())
}

/** `the integration user cannot see who holds … (PermissionSetAssignment): give it the right … or …` */
export function hiddenSentence(name: string, { words, rights }: RequiredRight, language: Language): string {
  const where = 'Setup > Permission Sets > System Permissions'
  const sentence =
    language === 'nl'
      ? `de integratiegebruiker ${words.nl} (${name}): geef die gebruiker het recht ${rights.join(' of ')} (${where})`
      : `the integration user cannot see ${words.en} (${name}): give it the right ${rights.join(' or ')} (${where})`
  if (language !== 'en') keepQuote(sentence)
  return sentence
}

/** Why a field of User that every org has is not described, and the rights that show it; undefined for any other name. */
export function hiddenUserField(
  name: string,
  language: Language,
): { readonly advice: string; readonly rights: readonly string[] } | undefined {
  const [field, needed] = entryOf(standardUserFields, name) ?? []
  if (field === undefined || needed === undefined) return undefined
  return { advice: hiddenSentence(`User.${field}`, needed, language), rights: needed.rights }
}

/** A member of the person: text, an object with known members, or a list of such objects. */
export type SchemaNode =
  | 'text'
  | { readonly members: Readonly<Record<string, SchemaNode>>; readonly isOpen?: true }
  | { readonly items: SchemaNode }

const node = (members: Readonly<Record<string, SchemaNode>>): SchemaNode => ({ members })
const texts = (...names: readonly string[]): Readonly<Record<string, SchemaNode>> =>
  Object.fromEntries(names.map((name) => [name, 'text']))

/** Members that somebody else names, or of which the documentation shows only some. */
const open = (...names: readonly string[]): SchemaNode => ({ members: texts(...names), isOpen: true })

const coded = node(texts('ExternalId', 'Code', 'Name'))
const contact = node({
  Address: node(
    texts('Street', 'StreetExt', 'HouseNumber', 'HouseNumberExt', 'PostalCode', 'Locality', 'Country'),
  ),
  Phone: node(texts('Mobile', 'Fixed')),
  Email: 'text',
})
const manager = open('ExternalId', 'DisplayName', 'Email')
const contract = node({
  ...texts('ExternalId', 'StartDate', 'EndDate'),
  Type: node(texts('Code', 'Description')),
  Details: node(texts('Fte', 'HoursPerWeek', 'Percentage', 'Sequence')),
  Location: coded,
  CostCenter: coded,
  CostBearer: coded,
  Employer: coded,
  Team: coded,
  Division: coded,
  Title: coded,
  Organization: coded,
  Department: node(texts('ExternalId', 'DisplayName')),
  Manager: manager,
  Custom: open(),
  Context: open('InConditions'),
})

/** Documented: HelloID's person and contract schema. */
export const personSchema: SchemaNode = node({
  ...texts('ExternalId', 'UserName', 'DisplayName', 'Aggregation', 'Excluded'),
  Location: coded,
  Details: node(
    texts('Gender', 'HonorificPrefix', 'HonorificSuffix', 'BirthDate', 'BirthLocality', 'MaritalStatus'),
  ),
  Name: node(
    texts(
      'Initials',
      'GivenName',
      'NickName',
      'FamilyName',
      'FamilyNamePrefix',
      'FamilyNamePartner',
      'FamilyNamePartnerPrefix',
      'Convention',
    ),
  ),
  Status: node(texts('Blocked', 'Reason')),
  Contact: node({ Personal: contact, Business: contact }),
  Custom: open(),
  // A system in which the person has no account is an empty object: the mapping reports it by itself.
  Accounts: 'text',
  PrimaryManager: manager,
  PrimaryContract: contract,
  Contracts: { items: contract },
})

/** The flagship's names of fields, in lower case, and Salesforce's own. */
const words: Readonly<Record<string, string>> = {
  username: 'Username',
  externalid: 'FederationIdentifier',
  employeenumber: 'EmployeeNumber',
  givenname: 'FirstName',
  familyname: 'LastName',
  emailaddress: 'Email',
  nickname: 'CommunityNickname',
  alias: 'Alias',
  phone: 'Phone',
  mobilephone: 'MobilePhone',
  companyname: 'CompanyName',
  title: 'Title',
  department: 'Department',
  division: 'Division',
  profile: 'ProfileId',
  role: 'UserRoleId',
  active: 'IsActive',
}

const word = (name: string): string => words[name.toLowerCase()] ?? name

/** Fields by the REST connector's names. */
export function inRestWords<Value>(fields: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [word(name), value]))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A context of the flagship for the REST connector: the names in Data and PreviousData, and the field that is correlated on.
 * All else, also what is no context, stays as it is.
 */
export function toRestContext(context: unknown): unknown {
  if (!isObject(context)) return context
  return Object.fromEntries(
    Object.entries(context).map(([name, value]): [string, unknown] => {
      if (/^(Previous)?Data$/.test(name) && isObject(value)) return [name, inRestWords(value)]
      if (name === 'AccountField' && typeof value === 'string') return [name, word(value)]
      return [name, name === 'Configuration' ? value : toRestContext(value)]
    }),
  )
}

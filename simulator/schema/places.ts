/** Countries by code, as the state and country picklists have them. A subset of Salesforce's own (general knowledge). */
export const countries: ReadonlyMap<string, string> = new Map([
  ['NL', 'Netherlands'],
  ['BE', 'Belgium'],
  ['DE', 'Germany'],
  ['FR', 'France'],
  ['GB', 'United Kingdom'],
  ['IE', 'Ireland'],
  ['US', 'United States'],
  ['CA', 'Canada'],
])

/** States by code, by their country's code; countries that are not here have none. */
export const states: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'US',
    new Map([
      ['CA', 'California'],
      ['NY', 'New York'],
      ['TX', 'Texas'],
    ]),
  ],
  [
    'CA',
    new Map([
      ['ON', 'Ontario'],
      ['QC', 'Quebec'],
    ]),
  ],
])

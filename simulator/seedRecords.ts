import type { Org } from './org.ts'

/** What only some connectors look at; apart from the other seeds, so that what these count stays as it is. */
export function addRecords(org: Org): void {
  org.customFields = [
    ...org.customFields,
    {
      name: 'Shift__c',
      label: 'Shift',
      type: 'picklist',
      length: 255,
      picklist: ['Early', 'Late', 'Night'],
    },
    { name: 'Badge_Expires__c', label: 'Badge Expires', type: 'date', length: 0 },
  ]
}

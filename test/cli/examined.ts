import { join } from 'node:path'
import { type ConnectorFacts, examine } from '../../doctor/examine.ts'
import type { Finding } from '../../doctor/finding.ts'
import type { MappedField } from '../../doctor/mapping.ts'
import { seedCredentials } from '../../simulator/seed/seedIds.ts'
import { type SimulatedOrg, type SimulatorOptions, startSimulator } from '../../simulator/server.ts'
import { logged } from '../runInProcess.ts'
import { root } from '../process.ts'

/** One examination of a simulated org, with something wrong. */
export interface Case {
  readonly connector?: string
  /** Changes the org before it is examined. */
  readonly org?: (org: SimulatedOrg) => void
  readonly start?: SimulatorOptions
  readonly settings?: Readonly<Record<string, unknown>>
  /** Added to the fields that a healthy mapping has. */
  readonly mapping?: readonly Partial<MappedField>[]
}

/** Settings that are right for the seeded org. */
export function healthySettings(url: string): Record<string, unknown> {
  const { clientId, clientSecret } = seedCredentials
  return { BaseUrl: url, ClientID: clientId, ClientSecret: clientSecret, DefaultProfile: 'Standard User' }
}

const field = (given: Partial<MappedField>): MappedField => ({
  name: 'title',
  forCreate: true,
  forUpdate: true,
  fixed: undefined,
  unknownPaths: [],
  faults: [],
  ...given,
})

/** What the doctor of a connector finds, without a process of its own; the requests that it sent, and its log. */
export async function examined(one: Case): Promise<{ findings: Finding[]; org: SimulatedOrg; log: string }> {
  const org = await startSimulator(one.start)
  try {
    one.org?.(org)
    const configuration = { ...healthySettings(org.url), ...one.settings }
    const mapping = (one.mapping ?? [{}]).map(field)
    const { value, log } = await logged(async () => {
      const findings: Finding[] = []
      for await (const finding of examine({ configuration, mapping }, factsOf(one.connector))) {
        findings.push(finding)
      }
      return findings
    })
    return { findings: value, org, log: log.join('') }
  } finally {
    await org.close()
  }
}

function factsOf(connector = 'salesforce-scim'): ConnectorFacts {
  return jest.requireActual<{ facts: ConnectorFacts }>(join(root, 'connectors', connector, 'doctor.ts')).facts
}

/** What the report says of a person: enough to find them in HR. */
export interface ReportedPerson {
  readonly externalId: string
  readonly displayName: string
}

/** What it says of an account: enough to find it in Setup. */
export interface ReportedAccount {
  readonly id: string
  readonly userName: string
  readonly displayName: string
  readonly isActive: boolean
  /** Absent where the import does not show it. */
  readonly isFrozen?: boolean
  /** ISO 8601, empty for never; absent where the import does not show it. */
  readonly lastLogin?: string
  /** Only of the account that the connector signs in as: it never changes that one. */
  readonly isIntegrationUser?: true
}

/** One field that update would write. */
export interface ReportedChange {
  readonly field: string
  readonly before: string
  readonly after: string
}

/** A field that was not compared for a person, or cannot be for anybody. */
export interface Uncompared {
  readonly field: string
  readonly why: string
}

interface Judged {
  readonly person: ReportedPerson
  /** What the person was looked for by. */
  readonly value: string
  /** Sentences about what would fail, or what the connector said. */
  readonly problems: readonly string[]
}

export interface Correlated extends Judged {
  readonly account: ReportedAccount
  readonly changes: readonly ReportedChange[]
  readonly notCompared: readonly Uncompared[]
}

export interface Ambiguous extends Judged {
  readonly accounts: readonly ReportedAccount[]
}

export type Missing = Judged

/** One account that several persons correlate with. */
export interface Shared {
  readonly account: ReportedAccount
  readonly persons: readonly ReportedPerson[]
}

/** A person that could not be checked. */
export interface Unjudged {
  readonly person: ReportedPerson
  readonly why: string
}

/** The correlation preview of an org, as its JSON file has it. */
export interface Report {
  /** ISO 8601. */
  readonly generatedAt: string
  /** The org's address. */
  readonly org: string
  readonly connector: string
  readonly correlation: {
    readonly personField: string
    readonly accountField: string
    /** How the values were compared, in words. */
    readonly rule: string
  }
  /** `import`: by this tool, with what the import showed; `connector`: by the connector's own dry runs. */
  readonly judgedBy: 'import' | 'connector'
  readonly requests: number
  readonly summary: {
    readonly persons: number
    readonly accounts: number
    readonly correlated: number
    readonly withDifferences: number
    readonly ambiguous: number
    readonly sharedAccounts: number
    readonly wouldBeCreated: number
    readonly notJudged: number
    readonly unowned: number
    readonly unownedActive: number
  }
  readonly correlated: readonly Correlated[]
  readonly ambiguous: readonly Ambiguous[]
  readonly sharedAccounts: readonly Shared[]
  readonly wouldBeCreated: readonly Missing[]
  readonly notJudged: readonly Unjudged[]
  readonly unowned: readonly ReportedAccount[]
  /** Paths of the mapping that no person has, as sentences: each empties its field for everybody. */
  readonly mappingProblems: readonly string[]
  /** Fields that an update would empty, and for how many accounts. */
  readonly emptied: readonly { readonly field: string; readonly accounts: number }[]
  /** Fields that were not compared, with the number of persons that this is about. */
  readonly notCompared: readonly (Uncompared & { readonly persons: number })[]
}

import { ConnectorError, TargetError } from '../../errors.ts'

/** One user of a list, as its reader made it. */
export interface Entry<T> {
  readonly id: string
  readonly value: T
}

/** A page of the users behind an id (of all where there is none); `startIndex` counts from 1 among them. */
export interface Place {
  readonly after: string | undefined
  readonly startIndex: number
  readonly count: number
}

export interface UserPage<T> {
  readonly entries: readonly Entry<T>[]
  /** How many users there are behind `after`, where the answer says so. */
  readonly total: number | undefined
  /** Whether it is certain that nothing follows. */
  readonly isLast: boolean
}

export interface WalkOptions<T> {
  /** One request. Throws what it throws; `TargetError` 400 is a refusal of the place. */
  fetch(place: Place): Promise<UserPage<T>>
  /** Users asked for in one request. */
  readonly count: number
  /** The highest `startIndex` that may be asked for. */
  readonly lastIndex: number
  /** Pages that may be under way, or here and not used yet. */
  readonly atOnce: number
  /** Where to begin: behind this user. */
  readonly after: string | undefined
  /** Whether the server was told to sort by id; else it is looked at whether it did. */
  readonly isSorted: boolean
}

/** Whether the org understood a request for a page and does not serve it. */
export function isNotServed(error: unknown): error is TargetError {
  return error instanceof TargetError && error.status === 400
}

export function repeated(): ConnectorError {
  return new ConnectorError('UNEXPECTED', 'Salesforce gave the same page of a list twice')
}

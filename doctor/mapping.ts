import { isObject } from '../shared/validate.ts'

/** A field of the field mapping, as far as an org can be asked about it. */
export interface MappedField {
  /** As the mapping spells it. */
  readonly name: string
  readonly forCreate: boolean
  readonly forUpdate: boolean
  /** The constant of a Fixed mapping, at create or else at update; undefined where the value comes from the person. */
  readonly fixed: string | undefined
  /** Paths from which its value comes, and which no person has. */
  readonly unknownPaths: readonly UnknownPath[]
  /** Why the mapping file gives it no value, by action. */
  readonly faults: readonly string[]
}

/** `nearest` may be meant; `isUncertain`: the path may be right all the same. */
export interface UnknownPath {
  readonly path: string
  readonly nearest: string | undefined
  readonly isUncertain: boolean
}

/** Where a mapped field is written: a field of the User object, nothing at all, or there is no such field (`nearest` may be meant). */
export type Destination =
  /** `isPart`: together with others it makes the field's value. */
  | { readonly userField: string; readonly isPart?: true }
  | { readonly isWritten: false }
  | { readonly unknown: true; readonly nearest: string | undefined }

/** Mapped fields in what the tool sends; what is no mapped field is left out. */
export function readMappedFields(given: unknown): readonly MappedField[] {
  return (Array.isArray(given) ? given : []).filter(isObject).map((field) => ({
    name: String(field['name']),
    forCreate: field['forCreate'] === true,
    forUpdate: field['forUpdate'] === true,
    fixed: typeof field['fixed'] === 'string' ? field['fixed'] : undefined,
    unknownPaths: readList(field['unknownPaths'])
      .filter(isObject)
      .map(({ path, nearest, isUncertain }) => ({
        path: String(path),
        nearest: typeof nearest === 'string' ? nearest : undefined,
        isUncertain: isUncertain === true,
      })),
    faults: readList(field['faults']).map(String),
  }))
}

function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

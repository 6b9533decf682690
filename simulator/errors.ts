/**
 * A write that the org's rules refuse, in the terms of Salesforce's DML status codes.
 * How it reads on the wire depends on who asked: SCIM (409 with a sentence) or REST (400 with an array).
 */
export class DmlError extends Error {
  readonly code: string
  readonly fields: readonly string[]

  constructor(code: string, message: string, fields: readonly string[] = []) {
    super(message)
    this.code = code
    this.fields = fields
  }

  /** Apex's sentence for it. Observed: "Insert failed. First exception on row 0; first error: …". */
  sentence(verb: 'Insert' | 'Update', id?: string): string {
    const row = id === undefined ? 'row 0' : `row 0 with id ${id}`
    return `${verb} failed. First exception on ${row}; first error: ${this.code}, ${this.message}: [${this.fields.join(', ')}]`
  }
}

/** An answer of the SObject REST API that is an error: an array, also for one (documented: REST error codes). */
export class RestError extends Error {
  readonly status: number
  readonly code: string
  readonly fields: readonly string[] | undefined

  constructor(status: number, code: string, message: string, fields?: readonly string[]) {
    super(message)
    this.status = status
    this.code = code
    this.fields = fields
  }

  get body(): unknown {
    const error = { message: this.message, errorCode: this.code }
    return [this.fields === undefined ? error : { ...error, fields: this.fields }]
  }
}

/** An answer of SCIM that is an error. */
export class ScimError extends Error {
  readonly status: number

  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }

  /** Observed (409 captured in March 2026): `schemas` is a text that looks like a list, `status` a number. */
  get body(): unknown {
    return {
      schemas: '["urn:ietf:params:scim:api:messages:2.0:Error"]',
      detail: this.message,
      status: this.status,
    }
  }
}

/** An answer with a body of its own, whatever the service. */
export class PlainError extends Error {
  readonly status: number
  readonly body: unknown

  constructor(status: number, body: unknown) {
    super(`HTTP ${status}`)
    this.status = status
    this.body = body
  }
}

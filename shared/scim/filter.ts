/**
 * `attribute eq "value"`. Values are JSON strings (RFC 7644 §3.4.2.2), booleans too: Salesforce takes quoted literals only.
 * Whoever puts it into a URL encodes it there.
 */
export function eq(attribute: string, value: string): string {
  return `${attribute} eq ${JSON.stringify(value)}`
}

/** Two conditions, neither of which has `or`: those would need parentheses (documented: help identity_scim_rest_api). */
export function both(first: string, second: string): string {
  return [first, second].join(' and ')
}

/** `attribute gt "value"`: for walking on after the last id of a page. */
export function gt(attribute: string, value: string): string {
  return `${attribute} gt ${JSON.stringify(value)}`
}

/**
 * Whether a value has characters that Salesforce's filter is known to mishandle: the pilot puts them into its query
 * unescaped, so that the answer may be an error, or not the answer to the question.
 */
export function isRisky(value: string): boolean {
  return /['"\\]/.test(value)
}

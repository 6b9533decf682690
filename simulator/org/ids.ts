const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const checksum = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'

/** Salesforce's 18-character form of a 15-character id: three characters that encode which letters are capitals. */
export function to18(id15: string): string {
  let suffix = ''
  for (let block = 0; block < 3; block++) {
    let bits = 0
    for (let place = 0; place < 5; place++) {
      const code = id15.charCodeAt(block * 5 + place)
      if (code >= 65 && code <= 90) bits |= 1 << place
    }
    suffix += checksum[bits]
  }
  return id15 + suffix
}

/** The id number `n` of a key prefix, in the 18-character form; ids of one prefix sort as their numbers do. */
export function makeId(prefix: string, n: number): string {
  let tail = ''
  for (let rest = n; tail.length < 5; rest = Math.floor(rest / 62)) tail = (digits[rest % 62] ?? '0') + tail
  return to18(`${prefix}5g00000${tail}`)
}

/** Whether a text has the form of a Salesforce id (15 or 18 characters). */
export function isId(value: string): boolean {
  return /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(value)
}

/** The 18-character form where a text is an id of either length, else the text itself. */
export function normaliseId(value: string): string {
  return isId(value) ? to18(value.slice(0, 15)) : value
}

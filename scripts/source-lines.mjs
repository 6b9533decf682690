// A source map of lines only: where every column is mapped, jest takes 300 ms to decode the map of the bundled sources, and
// does so in each test file in which a socket is destroyed with an error, because Node then reads the stack of that error.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const valueOf = new Map([...digits].map((digit, index) => [digit, index]))

/** The text of a source map (version 3), with the first mapping of each line for the sources that are kept, and no other. */
export function keepLines(text, isKept) {
  const map = JSON.parse(text)
  const kept = map.sources.map((source) => isKept(source))
  // Source, line and column are counted from the mapping before, that of another line included.
  const read = [0, 0, 0]
  const written = [0, 0, 0]
  const lines = map.mappings.split(';').map((line) => {
    let first
    for (const segment of line === '' ? [] : line.split(',')) {
      const [column, ...delta] = decode(segment)
      if (delta.length < 3) continue
      for (const index of read.keys()) read[index] += delta[index]
      first ??= kept[read[0]] ? [column, ...read] : undefined
    }
    if (first === undefined) return ''
    const [column, ...place] = first
    const delta = place.map((value, index) => value - written[index])
    written.splice(0, 3, ...place)
    return encode([column, ...delta])
  })
  return JSON.stringify({ ...map, names: [], mappings: lines.join(';') })
}

/** Numbers of a segment in base64 VLQ: five bits a digit, the sixth says that more follow, the first bit of all is the sign. */
function decode(segment) {
  const numbers = []
  let value = 0
  let shift = 0
  for (const digit of segment) {
    const bits = valueOf.get(digit)
    value |= (bits & 31) << shift
    shift += 5
    if (bits & 32) continue
    numbers.push(value & 1 ? -(value >> 1) : value >> 1)
    value = shift = 0
  }
  return numbers
}

function encode(numbers) {
  return numbers
    .map((number) => {
      let value = number < 0 ? (-number << 1) | 1 : number << 1
      let text = ''
      do {
        const bits = value & 31
        value >>>= 5
        text += digits[value > 0 ? bits | 32 : bits]
      } while (value > 0)
      return text
    })
    .join('')
}

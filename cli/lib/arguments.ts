import { InvalidArgumentError } from 'commander'

/** A whole number on the command line. */
export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A whole number was expected.')
}

/** What help says of `--allow-env`. */
export const allowEnvHelp =
  'let ${NAME} in the settings name this variable of the environment; may be given several times'

/** One more value of an option that may be given several times. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value]
}

import type { Language } from '../errors.ts'
import type { JsonObject } from '../validate.ts'

/** The language that a configuration asks for, before it is checked: an error in it is told in that language too. */
export function languageOf(configuration: JsonObject | undefined): Language {
  const given = Object.entries(configuration ?? {}).find(([name]) => name.toLowerCase() === 'language')?.[1]
  return typeof given === 'string' && given.trim().toLowerCase() === 'nl' ? 'nl' : 'en'
}

import validateConfiguration from '../../generated/configuration.cjs'
import { check, type JsonObject, normalise, type Schema } from '../../shared/validate.ts'
import { missingCredentials } from '../../shared/lifecycle/settings/credentials.ts'
import { type CommonConfiguration, commonProperties, flag } from '../../shared/lifecycle/settings/form.ts'
import {
  readCommonSettings,
  type Settings,
  tidied,
  warnOfUnknown,
} from '../../shared/lifecycle/settings/settings.ts'

/** The settings as the host's form has them; the older connector's keys among them keep their names. */
export interface Configuration extends CommonConfiguration {
  UseRestApi?: boolean
}

export const configurationSchema = {
  type: 'object',
  required: ['BaseUrl', 'ClientID'],
  additionalProperties: true,
  properties: { ...commonProperties, UseRestApi: flag },
} as const satisfies Schema<Configuration>

/**
 * The host's configuration as settings. Throws `MISCONFIGURED` with one sentence for everything that is wrong with it,
 * before anything is sent; a setting that is not known is a warning.
 */
export function readSettings(given: JsonObject | undefined): Settings {
  const value = normalise(tidied(given ?? {}), configurationSchema, { fromForm: true })
  const configuration = value as Configuration
  check(value, validateConfiguration, 'Configuration', 'MISCONFIGURED', missingCredentials(configuration))
  warnOfUnknown(configuration, Object.keys(configurationSchema.properties))
  return readCommonSettings(configuration, configuration.UseRestApi ?? true)
}

import type { JsonObject } from '../../shared/validate.ts'
import { remedyFor } from '../lib/failure.ts'
import { settingsOf } from '../import/importContext.ts'
import { runImport } from '../import/importRun.ts'
import { type ImportedAccount, readAccount } from '../import/importSummary.ts'
import { readLog } from '../script/scriptLog.ts'

/** All accounts of an org, or why they could not be had. */
export type AccountList =
  | { readonly accounts: readonly ImportedAccount[]; readonly requests: number; readonly failure: undefined }
  | { readonly failure: string }

/**
 * Imports every account that create could find, inactive ones and all types that people have among them, whatever the
 * settings say of imports.
 */
export async function importAll(
  script: string,
  input: JsonObject & { readonly actionContext: JsonObject },
  fields: readonly string[],
  progress: (accounts: number, requests: number) => void,
  stop: AbortSignal,
): Promise<AccountList> {
  const accounts: ImportedAccount[] = []
  const { actionContext } = input
  const context = {
    ...input,
    actionContext: {
      ...actionContext,
      Operation: 'import',
      ImportFields: fields,
      CorrelationConfiguration: { Enabled: false },
      Configuration: {
        ...settingsOf(actionContext),
        ImportInactive: true,
        ImportUserTypes: '',
        ImportResumeAfter: '',
      },
    },
  }
  const { exitCode, stderr, requests, facts } = await runImport(
    script,
    JSON.stringify(context),
    {
      lines(text) {
        for (const line of text.split('\n')) {
          const account = line === '' ? undefined : readAccount(line)
          if (account !== undefined) accounts.push(account)
        }
        return Promise.resolve()
      },
      progress: (count) => {
        progress(accounts.length, count)
      },
    },
    stop,
  )
  if (exitCode === 0) {
    const { integrationUser: own } = facts
    const marked = accounts.map((account): ImportedAccount =>
      account.AccountReference === own ? { ...account, isIntegrationUser: true } : account,
    )
    return { accounts: marked, requests, failure: undefined }
  }
  const { error, foreign } = readLog(stderr)
  if (error === undefined) return { failure: foreign.join(' ') || 'The import failed.' }
  const { who, next } = remedyFor(error)
  const sentence = error.message.replace(/([.?]) (The \d+ lines that|Nothing was written).*$/, '$1')
  return { failure: `${sentence} ${error.code}, for: ${who}. ${next}` }
}

import type { JsonObject } from '../../shared/validate.ts'
import { changesOf } from '../run/changes.ts'
import type { ImportedAccount } from '../import/importSummary.ts'
import { type MappedContext, mapContexts } from '../map/mappedContext.ts'
import { type Case, type Judging, managerOf, managersIn, requestFor } from './reportCases.ts'
import type { AccountIndex } from './reportCorrelate.ts'
import type { WorkerAnswers, WorkerJob } from './reportWorker.ts'
import type { Output } from '../script/script.ts'
import { nameFor } from '../lib/userFields.ts'

/** Carries dry runs out and gives their answers, in order. */
export type Ask = (jobs: AsyncIterable<WorkerJob>) => Promise<WorkerAnswers>

/**
 * The connector's own verdict: a dry run of create for every person, and of update for those that correlate. Where it
 * disagrees with what the import showed, it is right, and the report says so.
 */
export async function judgeByConnector(
  cases: readonly Case[],
  judging: Judging,
  index: AccountIndex,
  base: JsonObject,
  ask: Ask,
): Promise<{ cases: readonly Case[]; requests: number }> {
  const created = await askFor(cases, 'create', judging, base, new Map(), ask)
  const looked = created.cases.map(({ each, output }) =>
    output === undefined ? each : withCreate(each, output, index),
  )
  const updated = await askFor(looked, 'update', judging, base, managersIn(looked), ask)
  return {
    cases: updated.cases.map(({ each, output }) => (output === undefined ? each : withUpdate(each, output))),
    requests: created.requests + updated.requests,
  }
}

/** Persons that are mapped at once. */
const stride = 50

interface Asked {
  readonly cases: readonly { readonly each: Case; readonly output: Output | undefined }[]
  readonly requests: number
}

async function askFor(
  cases: readonly Case[],
  action: 'create' | 'update',
  judging: Judging,
  base: JsonObject,
  managers: ReadonlyMap<string, string>,
  ask: Ask,
): Promise<Asked> {
  const given = [...cases]
  const places: number[] = []
  const asked = [...cases.entries()].filter(
    ([, { why, accounts }]) => why === undefined && (action !== 'update' || accounts.length === 1),
  )
  async function* jobs(): AsyncGenerator<WorkerJob, void, void> {
    for (let at = 0; at < asked.length; at += stride) {
      const some = asked.slice(at, at + stride)
      const requests = some.map(([, { source, accounts }]) =>
        requestFor(action, source, judging, accounts[0]?.AccountReference, managerOf(source, managers)),
      )
      const contexts = await mapContexts(requests, judging.mapper, judging.rules)
      for (const [index, [place, each]] of some.entries()) {
        const mapped = contexts[index]
        if (mapped === undefined) continue
        if (mapped.faults.length > 0) {
          given[place] = withProblem(each, mapped.faults.join(' '))
          continue
        }
        places.push(place)
        yield { action, context: contextFor(each, mapped, judging, base, managers) }
      }
    }
  }
  const { outputs, requests } = await ask(jobs())
  const outputOf = new Map(places.map((place, index) => [place, outputs[index]]))
  return { cases: given.map((each, place) => ({ each, output: outputOf.get(place) })), requests }
}

function contextFor(
  { source }: Case,
  mapped: MappedContext,
  judging: Judging,
  base: JsonObject,
  managers: ReadonlyMap<string, string>,
): JsonObject {
  const manager = managerOf(source, managers)
  const { Data, ...own } = mapped.context['actionContext'] as JsonObject & { Data: JsonObject }
  const field = nameFor(judging.rules, 'ManagerId')
  return {
    actionContext: {
      ...base,
      ...own,
      // A field that is asked for is told before and after.
      Data: { ...Data, ...(manager !== undefined && (Data[field] ?? '') === '' && { [field]: manager }) },
      Configuration: base['Configuration'],
      DryRun: true,
    },
    personContext: { Person: source },
  }
}

/** What a dry run of create says of the person's accounts. */
export function withCreate(each: Case, output: Output, index: AccountIndex): Case {
  const { accounts } = each
  if (output.Success === true) {
    const reference = output.AccountReference ?? ''
    const found = output.AccountCorrelated === true ? [index.byReference(reference) ?? unseen(reference)] : []
    const verdict = { ...each, accounts: found, compared: { ...each.compared, problems: [] } }
    const isSame =
      accounts.length === found.length && accounts[0]?.AccountReference === found[0]?.AccountReference
    return isSame
      ? verdict
      : withProblem(
          verdict,
          `The import shows ${accounts.length} accounts for this value; the connector's word counts.`,
        )
  }
  const isAmbiguous = output.AuditLogs?.[0]?.Action === 'CorrelateAccount'
  // The failure says that there are several; which, the import says.
  return isAmbiguous && accounts.length > 1 ? each : withProblem(each, messageOf(output))
}

/** What a dry run of update says of the account. */
export function withUpdate(each: Case, output: Output): Case {
  if (output.Success !== true) return withProblem(each, messageOf(output))
  const changes = changesOf(output)
    .filter(({ kind, name }) => kind !== 'same' && !/^id$/i.test(name))
    .map(({ name, before, after }) => ({ field: name, before, after }))
  return { ...each, compared: { ...each.compared, changes } }
}

function withProblem(each: Case, problem: string): Case {
  return { ...each, compared: { ...each.compared, problems: [...each.compared.problems, problem] } }
}

function messageOf({ AuditLogs = [] }: Output): string {
  const texts = AuditLogs.filter(({ IsError }) => IsError).map(({ Message }) => Message)
  return texts.join(' ') || 'The connector gave no answer.'
}

/** An account that the connector finds and the import does not show. */
function unseen(AccountReference: string): ImportedAccount {
  return { AccountReference, DisplayName: '', UserName: '', Enabled: false, Data: {} }
}

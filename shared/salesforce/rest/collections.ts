import { ConnectorError, type TargetError } from '../../errors.ts'
import { isObject, type JsonObject } from '../../validate.ts'
import { toTargetError } from '../errors/error.ts'
import { ForeignAnswerError, named } from '../foreignAnswer.ts'
import { checkId, previewId, isId, isSameId } from '../id.ts'
import type { Session } from '../session/session.ts'

/** Records that one request takes (documented: sObject Collections). */
export const collectionSize = 200

/** Writes of up to `collectionSize` records in one request (documented: sObject Collections, allOrNone off). */
export interface Collections {
  /** Creates up to 200 records of a type, each for itself; the id of each, or why there is none, in their order. */
  createAll(type: string, records: readonly JsonObject[]): Promise<(string | TargetError)[]>
  /**
   * Changes up to 200 records of a type, by their `Id`, each for itself; why not, for each in their order. What is written stands: the org's
   * assignment rules do not give the records to others.
   */
  updateAll(type: string, records: readonly JsonObject[]): Promise<(TargetError | undefined)[]>
  /** Removes up to 200 records of any types, each for itself; why not, for each in their order. */
  removeAll(ids: readonly string[]): Promise<(TargetError | undefined)[]>
}

/** `base` as in `/services/data/v66.0`; a preview tells what it would send, and gives what a success would. */
export function collectionsOf(session: Session, base: string, isPreview: boolean): Collections {
  const path = `${base}/composite/sobjects`
  const bodyOf = (type: string, records: readonly JsonObject[]): JsonObject => ({
    allOrNone: false,
    records: records.map((record) => ({ attributes: { type }, ...record })),
  })

  /** What was done of each record of a collection, whose ids are known. */
  const outcomes = (json: unknown, ids: readonly string[]): (TargetError | undefined)[] => {
    if (!Array.isArray(json) || json.length !== ids.length) throw incomplete()
    return ids.map((requested, at) => {
      const outcome: unknown = json[at]
      const { id, success } = isObject(outcome) ? outcome : {}
      // Of a record that could not be written, the answer may leave the id out.
      if (typeof id === 'string' && !(isId(id) && isSameId(id, requested)))
        throw new ForeignAnswerError(named('Id', requested), named('Id', id))
      if (success === true && typeof id !== 'string') throw incomplete()
      return success === true ? undefined : toTargetError(400, JSON.stringify(outcome), session.language)
    })
  }

  return {
    async createAll(type, records) {
      const body = bodyOf(type, records)
      const { json } = await session.request({ method: 'POST', path, body })
      if (isPreview) return records.map(() => previewId)
      if (!Array.isArray(json) || json.length !== records.length) {
        throw new ConnectorError('UNEXPECTED', `Salesforce answered the creation of ${type}s incompletely`)
      }
      return json.map((outcome: unknown) => {
        const { id, success } = isObject(outcome) ? outcome : {}
        if (success === true && !(typeof id === 'string' && isId(id))) throw incomplete()
        return success === true ? String(id) : toTargetError(400, JSON.stringify(outcome), session.language)
      })
    },

    async updateAll(type, records) {
      const body = bodyOf(type, records)
      const { json } = await session.request({
        method: 'PATCH',
        path,
        body,
        // Documented (Assignment Rule Header): without it, active rules apply to accounts, cases and leads that are updated.
        headers: { 'Sforce-Auto-Assign': 'FALSE' },
        isRepeatable: true,
      })
      if (isPreview) return records.map(() => undefined)
      return session.checkAnswer(() =>
        outcomes(
          json,
          records.map(({ Id }) => String(Id)),
        ),
      )
    },

    async removeAll(ids) {
      const { json } = await session.request({
        method: 'DELETE',
        path,
        query: { ids: ids.map((id) => checkId(id, '', 'Id')).join(','), allOrNone: 'false' },
        isRepeatable: true,
      })
      return isPreview ? ids.map(() => undefined) : session.checkAnswer(() => outcomes(json, ids))
    },
  }
}

function incomplete(): ConnectorError {
  return new ConnectorError('UNEXPECTED', 'Salesforce answered the change of several records incompletely')
}

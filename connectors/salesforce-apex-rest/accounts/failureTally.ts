/** Why a part of a large piece of work was not even begun. */
export const outOfTime = 'the time of Configuration.ActionTimeoutSeconds was used up; run this again'

/** So many different reasons are told. */
const reportable = 3

/** Why parts of a large piece of work were refused: each reason once, with how often and where for example. */
export class FailureTally {
  readonly #found = new Map<string, { times: number; example: string | undefined }>()

  /** `example` names the first that the reason holds for. */
  add(reason: string, example?: string): void {
    const known = this.#found.get(reason)
    this.#found.set(reason, { times: (known?.times ?? 0) + 1, example: known?.example ?? example })
  }

  get total(): number {
    return [...this.#found.values()].reduce((sum, { times }) => sum + times, 0)
  }

  /** All of them as one text, the most frequent first. */
  text(): string {
    const sorted = [...this.#found].sort(([, a], [, b]) => b.times - a.times)
    const told = sorted.slice(0, reportable).map(([reason, { times, example }]) => {
      const where = example === undefined ? '' : `${times > 1 ? ', such as' : ''} [${example}]`
      return `${times} × ${reason}${where}`
    })
    const more = sorted.length - told.length
    return told.join('; ') + (more > 0 ? `; and ${more} other reasons` : '')
  }
}

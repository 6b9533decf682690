/**
 * What a source begins, in its order, with up to `atOnce` of it begun before it is asked for. A failure is thrown where its
 * value would have come; what was begun behind it is left alone.
 */
export async function* inOrder<T>(
  source: AsyncGenerator<() => Promise<T>, void, void>,
  atOnce: number,
): AsyncGenerator<T, void, void> {
  const begun: Promise<{ value: T } | undefined>[] = []
  const begin = (): void => {
    const next = source
      .next()
      .then(async ({ done, value }) => (done === true ? undefined : { value: await value() }))
    // It is awaited below, unless an earlier one fails first.
    next.catch(() => undefined)
    begun.push(next)
  }
  try {
    while (begun.length < atOnce) begin()
    for (;;) {
      const result = await begun.shift()
      if (result === undefined) return
      begin()
      yield result.value
    }
  } finally {
    void source.return()
  }
}

/** The same values, the next of which is asked for while one is used. */
export async function* oneAhead<T>(source: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
  const ask = (): Promise<IteratorResult<T, void>> => {
    const next = source.next()
    next.catch(() => undefined)
    return next
  }
  for (let coming = ask(); ;) {
    const { done, value } = await coming
    if (done === true) return
    coming = ask()
    yield value
  }
}

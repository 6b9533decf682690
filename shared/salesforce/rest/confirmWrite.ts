import { ConnectorError, TargetError, TransportError } from '../../errors.ts'
import { log } from '../../log.ts'
import { ForeignAnswerError } from '../foreignAnswer.ts'

/** Whether a write may have been carried out although it was not confirmed. */
export function isUncertain(error: unknown): error is ConnectorError {
  if (error instanceof TransportError) return error.sent
  if (error instanceof TargetError) {
    // A 500 that names what is wrong is a refusal: the transaction was rolled back.
    const isExplained = error.class !== 'unknown' && error.class !== 'transient'
    return error.status >= 500 && error.status !== 501 && !isExplained
  }
  // What is about somebody else proves nothing, and neither would the answer to a second try.
  if (error instanceof ForeignAnswerError) return false
  return error instanceof ConnectorError && error.code === 'UNEXPECTED'
}

/**
 * Writes until it is certain what came of it. When the answer is lost, `look` reads back: what it finds is the result; when
 * it finds that nothing was done, the write is sent once more, unless it `isUnrepeatable`: then the next run looks first.
 * Throws when it is not known in the end.
 */
export async function confirmWrite<T>(
  write: () => Promise<T>,
  look: () => Promise<T | undefined>,
  isUnrepeatable = false,
): Promise<T> {
  let lost: ConnectorError | undefined
  for (;;) {
    try {
      return await write()
    } catch (error) {
      // The second try may meet what the first one did after all.
      const isOwnTrace = lost !== undefined && error instanceof ConnectorError && error.code === 'NOT_UNIQUE'
      if (!isUncertain(error) && !isOwnTrace) throw error
      const first = lost ?? error
      log('warning', `The answer to a write was lost (${first.message}): reading back`)
      const found = await readBack(look, first)
      if (found !== undefined) return found
      if (lost !== undefined || isUnrepeatable) throw unknown(first, isOwnTrace ? error : undefined)
      lost = first
    }
  }
}

async function readBack<T>(look: () => Promise<T | undefined>, lost: ConnectorError): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof ConnectorError && !(error instanceof ForeignAnswerError)) throw unknown(lost)
    throw error
  }
}

/** `refusal`: why the second try was refused as not unique, by which somebody else may have what was to be written. */
function unknown(cause: ConnectorError, refusal?: ConnectorError): ConnectorError {
  const words =
    refusal === undefined
      ? cause.message
      : `${cause.message}. A second try was refused: ${refusal.message}`.replace(/\.$/, '')
  return new ConnectorError(
    'UNAVAILABLE',
    `${words}. Whether Salesforce carried it out is not known; the next run looks first`,
    { cause: refusal ?? cause },
  )
}

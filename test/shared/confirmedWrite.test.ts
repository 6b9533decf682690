import { ConnectorError } from '../../shared/errors.ts'
import { confirmWrite } from '../../shared/salesforce/rest/confirmWrite.ts'

test('the words of a second try that is refused as not unique are told with those of the first', async () => {
  const tries = [
    new ConnectorError('UNEXPECTED', 'the answer was cut off'),
    new ConnectorError('NOT_UNIQUE', 'Duplicate Username. (DUPLICATE_USERNAME)'),
  ]
  const write = (): Promise<string> => Promise.reject(tries.shift() ?? new Error('a third try'))
  const written = confirmWrite(write, () => Promise.resolve(undefined))
  await expect(written).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message:
      'the answer was cut off. A second try was refused: Duplicate Username. (DUPLICATE_USERNAME). Whether Salesforce carried it out is not known; the next run looks first',
  })
})

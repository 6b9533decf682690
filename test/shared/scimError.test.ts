import { faultsOfDetail, plain } from '../../shared/scim/error.ts'

test.each([
  // Captured from the native service (409).
  [
    'REQUIRED_FIELD_MISSING:user_must_have_one_entitlement_which_must_be_a_profileid;',
    [
      {
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: 'user_must_have_one_entitlement_which_must_be_a_profileid',
      },
    ],
  ],
  [
    'REQUIRED_FIELD_MISSING:userName;STRING_TOO_LONG: nickName is too long;',
    [
      { errorCode: 'REQUIRED_FIELD_MISSING', message: 'userName' },
      { errorCode: 'STRING_TOO_LONG', message: 'nickName is too long' },
    ],
  ],
  [
    'FIELD CANNOT BE NULL: alias; really',
    [{ errorCode: '', message: 'FIELD CANNOT BE NULL: alias; really' }],
  ],
  [
    'Insert failed. First exception on row 0; first error: DUPLICATE_USERNAME, Duplicate Username.<br>The username already exists. : [Username]',
    [
      {
        errorCode: 'DUPLICATE_USERNAME',
        message: 'Duplicate Username. The username already exists.',
        fields: ['Username'],
      },
    ],
  ],
  [
    'Update failed. First exception on row 0 with id 0055g0000000001AAA; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, Region: pick one, please: [Region__c, Country];',
    [
      {
        errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
        message: 'Region: pick one, please',
        fields: ['Region__c', 'Country'],
      },
    ],
  ],
  [
    'Update failed. First exception on row 0; first error: LICENSE_LIMIT_EXCEEDED, License Limit Exceeded: []',
    [{ errorCode: 'LICENSE_LIMIT_EXCEEDED', message: 'License Limit Exceeded' }],
  ],
  ['Resource 005 not found', [{ errorCode: '', message: 'Resource 005 not found' }]],
  ['', []],
  [' ; ', []],
])('the detail %j is read as its faults', (detail, faults) => {
  expect(faultsOfDetail(detail)).toEqual(faults)
})

test('mark-up and line breaks are taken out of a text, comparisons are not', () => {
  expect(plain('One.<br>Two<br/> <b>three</b>\n\tfour ')).toBe('One. Two three four')
  expect(plain('a < b')).toBe('a < b')
})

test('a text that begins with its code, as a failed statement names it, has that code', () => {
  expect(faultsOfDetail('LICENSE_LIMIT_EXCEEDED, License Limit Exceeded: []')).toEqual([
    { errorCode: 'LICENSE_LIMIT_EXCEEDED', message: 'License Limit Exceeded' },
  ])
  expect(faultsOfDetail('PLEASE, try again')).toEqual([{ errorCode: '', message: 'PLEASE, try again' }])
})

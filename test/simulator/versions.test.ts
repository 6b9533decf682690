import { connect } from './client.ts'

test('the versions are listed without a token, and others are not found', async () => {
  const { simulator, get } = await connect({ seed: { newestVersion: 65 } })
  try {
    const listed = (await (await fetch(`${simulator.url}/services/data/`)).json()) as unknown[]
    expect(listed[0]).toEqual({ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' })
    expect(listed.at(-1)).toEqual({ label: "Winter '26", url: '/services/data/v65.0', version: '65.0' })
    expect((await get('/services/data/v65.0/limits')).status).toBe(200)
    expect((await get('/services/data/latest/sobjects')).at('sobjects', 0, 'urls', 'sobject')).toBe(
      '/services/data/v65.0/sobjects/User',
    )
    for (const version of ['v66.0', 'v65', 'x']) {
      const unknown = await get(`/services/data/${version}/limits`)
      expect([unknown.status, unknown.json]).toEqual([
        404,
        [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
      ])
    }
  } finally {
    await simulator.close()
  }
})

test('a retired version is 410', async () => {
  const { simulator, get } = await connect()
  try {
    for (const version of ['v21.0', 'v30.0']) {
      const retired = await get(`/services/data/${version}/query?q=SELECT+Id+FROM+User`)
      expect([retired.status, retired.at(0, 'errorCode')]).toEqual([410, 'GONE'])
    }
    expect((await get('/services/data/v31.0/query?q=SELECT+Id+FROM+User')).status).toBe(200)
  } finally {
    await simulator.close()
  }
})

/** What a query needs, and the first version that has it. */
const sinces = [
  ['SELECT Id FROM PermissionSetGroup', 45, 'INVALID_TYPE'],
  ['SELECT Id FROM PermissionSetGroupComponent', 45, 'INVALID_TYPE'],
  ['SELECT PermissionSetGroupId FROM PermissionSetAssignment', 45, 'INVALID_FIELD'],
  ['SELECT PermissionSetGroup.MasterLabel FROM PermissionSetAssignment', 45, 'INVALID_FIELD'],
  ['SELECT Id FROM PermissionSetAssignment WHERE ExpirationDate = null', 52, 'INVALID_FIELD'],
  ['SELECT IsActive FROM PermissionSetAssignment', 52, 'INVALID_FIELD'],
  ['SELECT IsRevoked FROM PermissionSetAssignment', 57, 'INVALID_FIELD'],
] as const

test.each(sinces)('%s works in version %i and later, before it is %s', async (soql, since, code) => {
  const { simulator, get } = await connect()
  try {
    const query = (version: number) => get(`/services/data/v${version}.0/query?q=${encodeURIComponent(soql)}`)
    expect((await query(since)).status).toBe(200)
    const before = await query(since - 1)
    expect([before.status, before.at(0, 'errorCode')]).toEqual([400, code])
  } finally {
    await simulator.close()
  }
})

test('describe and a write go by the version too', async () => {
  const { simulator, get, send } = await connect()
  try {
    const fieldsOf = async (version: string) =>
      (await get(`/services/data/${version}/sobjects/PermissionSetAssignment/describe`)).text
    expect(await fieldsOf('v51.0')).not.toContain('ExpirationDate')
    expect(await fieldsOf('v52.0')).toContain('ExpirationDate')
    expect((await get('/services/data/v44.0/sobjects')).text).not.toContain('PermissionSetGroup')
    const body = { ExpirationDate: '2099-01-01T00:00:00Z' }
    const created = await send('POST', '/services/data/v51.0/sobjects/PermissionSetAssignment', body)
    expect([created.status, created.at(0, 'errorCode')]).toEqual([400, 'INVALID_FIELD'])
  } finally {
    await simulator.close()
  }
})

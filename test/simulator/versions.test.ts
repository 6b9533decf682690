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
    for (const version of ['v66.0', 'v30.0', 'v65', 'x']) {
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

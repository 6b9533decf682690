import { readFileSync, writeSync } from 'node:fs'
import { Pool } from 'undici'

// The least that an import does: fetch the pages, one after the other, parse them, write a line for each row.

interface Input {
  readonly url: string
  readonly token: { readonly path: string; readonly body: string }
  /** The pages' paths and queries. */
  readonly paths: readonly string[]
}

type Row = Readonly<Record<string, unknown>>

const { url, token, paths } = JSON.parse(readFileSync(0, 'utf8')) as Input
const pool = new Pool(url, { connections: 1, pipelining: 1 })

async function main(): Promise<void> {
  const signIn = await pool.request({
    method: 'POST',
    path: token.path,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: token.body,
  })
  const { access_token: accessToken } = (await signIn.body.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' }
  for (const path of paths) {
    const { body } = await pool.request({ method: 'GET', path, headers })
    const page = JSON.parse(await body.text()) as { Resources?: Row[]; records?: Row[] }
    const lines = (page.Resources ?? page.records ?? []).map((row) => JSON.stringify(line(row)) + '\n')
    writeAll(Buffer.from(lines.join('')))
  }
  await pool.close()
}

/** The members that an import writes. */
function line(row: Row): object {
  const isScim = row['id'] !== undefined
  const id = isScim ? row['id'] : row['Id']
  const userName = isScim ? row['userName'] : row['Username']
  return {
    AccountReference: id,
    DisplayName: isScim ? row['displayName'] : row['Name'],
    UserName: userName,
    Enabled: isScim ? row['active'] : row['IsActive'],
    Data: { id, userName, externalId: isScim ? row['externalId'] : row['FederationIdentifier'] },
  }
}

function writeAll(bytes: Buffer): void {
  let written = 0
  while (written < bytes.length) written += writeSync(1, bytes, written)
}

await main()

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../process.ts'

/**
 * What all scripts have from the one entry (how stdin is read, how a crash ends, which exit code follows) is tried on some of
 * them: this is why that is enough.
 */
const folders = readdirSync(join(root, 'connectors'))
const scripts = folders.flatMap((connector) => {
  const manifest = readFileSync(join(root, 'connectors', connector, 'manifest.json'), 'utf8')
  const { actions } = JSON.parse(manifest) as { actions: string[] }
  return actions.map((action): [string, string] => [connector, action])
})

test.each(scripts)(
  'of %s, the built script %s does nothing but run its action by the one entry',
  (connector, action) => {
    const text = readFileSync(join(root, 'dist', connector, `${action}.mjs`), 'utf8')
    const isFeed = action.startsWith('import')
    const entry = isFeed ? `runImport("${action}", importStream);` : `run("${action}", action);`
    expect(text.trimEnd().split('\n').slice(-2)).toEqual([`// ${action}.ts`, entry])
    // Nothing else may have a say in how the process ends.
    expect(text).not.toMatch(/process\.exit\(/)
  },
)

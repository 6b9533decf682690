import { rename, rm, writeFile } from 'node:fs/promises'

/** Writes files under other names first: what has its name is whole. Those that were begun are gone when one fails. */
export async function writeWhole(files: readonly (readonly [path: string, text: string])[]): Promise<void> {
  const begun = files.map(([path]) => `${path}.part`)
  try {
    for (const [path, text] of files) await writeFile(`${path}.part`, text)
    for (const [path] of files) await rename(`${path}.part`, path)
  } catch (error) {
    await Promise.all(begun.map((path) => rm(path, { force: true })))
    throw error
  }
}

// Hands on the licences of what others wrote and a bundle contains: at the head of each bundle, in packages, and in a file of its own.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** llhttp is in undici as WebAssembly, without a text of its own there (https://github.com/nodejs/llhttp, LICENSE-MIT). */
const llhttp = `undici contains llhttp, which has this licence:

This software is licensed under the MIT License.

Copyright Fedor Indutny, 2018.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`

/** The folders of the packages that files belong to; none for files of ours. ajv wrote the validators in generated/. */
export function packagesOf(inputs) {
  const folders = inputs.flatMap((input) => {
    const folder = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0]
    if (folder !== undefined) return [folder]
    return /^generated\/.*\.cjs$/.test(input) ? ['node_modules/ajv'] : []
  })
  return [...new Set(folders)].sort()
}

/** What a licence asks to be handed on. A package without a text fails the build: somebody has to look at it. */
export async function licenceText(folder) {
  const file = (await readdir(folder)).find((name) => /^licen[cs]e(\.(md|txt))?$/i.test(name))
  if (file === undefined) throw new Error(`${folder} has no licence text to hand on.`)
  const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n').trim()
  return /[\\/]undici$/.test(folder) ? `${text}\n\n${llhttp}` : text
}

/** The licences of what is in these files, as one text. */
async function noticesFor(root, inputs) {
  const parts = packagesOf(inputs).map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'))
    return `${name} ${version} (${license})\n\n${await licenceText(join(root, folder))}\n`
  })
  return (await Promise.all(parts)).join(`\n${'-'.repeat(60)}\n\n`)
}

/** Puts the licences at the head of a bundle; gives the bundle with its new size. */
export async function addNotices(root, bundle) {
  const notices = await noticesFor(root, bundle.inputs)
  if (notices === '') return bundle
  const path = join(root, bundle.file)
  const text = await readFile(path, 'utf8')
  // `#!` must stay the first line.
  const [, first = '', rest = ''] = /^(#!.*\n)?([\s\S]*)$/.exec(text) ?? []
  const head = `/*!\nThis file contains parts of the following software.\n\n${notices.replaceAll('*/', '* /')}*/\n`
  await writeFile(path, first + head + rest)
  return { ...bundle, bytes: Buffer.byteLength(first + head + rest) }
}

/** Writes the licences of everything in the bundles into one file, for whoever gets them all. */
export async function writeNotices(root, file, bundles) {
  const text = `The programs in dist/ contain parts of the following software.\n\n${await noticesFor(
    root,
    bundles.flatMap(({ inputs = [] }) => inputs),
  )}`
  await writeFile(join(root, file), text)
  return { file, bytes: Buffer.byteLength(text) }
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../process.ts'

/** A file of the project as text, with LF. */
export function text(file: string): string {
  return readFileSync(join(root, ...file.split('/')), 'utf8').replaceAll('\r\n', '\n')
}

export function json<T>(file: string): T {
  return JSON.parse(text(file)) as T
}

/** Everything that people read, by path. */
export const pages: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md'))
    .sort(),
]

/** A text without what stands in fences: what begins with # there is no heading. */
export function prose(markdown: string): string {
  return markdown.replace(/^( *)```[^]*?^\1```$/gm, (block) => block.replace(/[^\n]/g, ' '))
}

/** The headings, as GitHub makes anchors of them. */
export function anchors(markdown: string): string[] {
  return [...prose(markdown).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** The part under a heading, up to the next one of its level or above. Throws where there is none. */
export function section(markdown: string, heading: string): string {
  const shape = prose(markdown)
  const start = `\n${shape}`.indexOf(`\n${heading}\n`)
  if (start < 0) throw new Error(`there is no "${heading}"`)
  const from = start + heading.length + 1
  const end = shape.slice(from).search(new RegExp(`^#{1,${heading.indexOf(' ')}} `, 'm'))
  return end < 0 ? markdown.slice(from) : markdown.slice(from, from + end)
}

/** All tables of a text, heads left out; cells trimmed, without code marks and escapes. */
export function tables(markdown: string): string[][][] {
  return [...prose(markdown).matchAll(/(?:^\|.*\n)+/gm)].map(([rows]) =>
    rows
      .trimEnd()
      .split('\n')
      .slice(2)
      .map((row) =>
        row
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => cell.trim().replaceAll('`', '').replace(/\\(.)/g, '$1')),
      ),
  )
}

/** The first table of a text. Throws where there is none. */
export function table(markdown: string): string[][] {
  const [first] = tables(markdown)
  if (first === undefined) throw new Error('there is no table')
  return first
}

/** What stands in the fences of a language, without the blanks that an item of a list sets before each line. */
export function blocks(markdown: string, language: string): string[] {
  const fence = new RegExp(`^( *)\`\`\`${language}\\n([^]*?)^\\1\`\`\`$`, 'gm')
  return [...markdown.matchAll(fence)].map(([, indent = '', content = '']) =>
    content.replace(new RegExp(`^${indent}`, 'gm'), '').trimEnd(),
  )
}

/** Text that may stand in HTML as it is. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Part = string | number | Markup | readonly Part[] | undefined

/** A template in which everything but markup is escaped. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, index) => text + textOf(parts[index])).join(''))
}

function textOf(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(textOf).join('')
  return escape(String(part))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The text for HTML. What neither HTML nor XML may hold, and what turns the direction of a line, is shown as a mark. */
export function escape(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}

/** A column: its heading, and `number` for what is aligned and sorted as one. */
export interface Column {
  readonly title: string
  readonly kind?: 'number'
}

/** The most rows of a table: a browser stays quick, and the JSON file has them all. */
const mostRows = 20_000

/** A table, with what the script needs to sort it; a sentence instead where it has no rows. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Part[])[],
): Markup {
  if (rows.length === 0) return markup`<p class="none">None.</p>`
  const left = rows.length - mostRows
  const classOf = (index: number): Markup =>
    columns[index]?.kind === 'number' ? markup` class="number"` : markup``
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
      <table class="sortable">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            ${columns.map(({ title }, index) => markup`<th scope="col"${classOf(index)}>${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, mostRows).map(
            (cells) =>
              markup`<tr>${cells.map((cell, index) => markup`<td${classOf(index)}>${cell}</td>`)}</tr>
`,
          )}
        </tbody>
      </table>
    </div>
    ${left > 0 ? markup`<p class="note">${left} more rows are in the JSON file.</p>` : markup``}`
}

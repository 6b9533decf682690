/** The one style of the report: light, dark and print. */
export const style = `
:root { color-scheme: light dark; --ink: #1b2733; --quiet: #5a6b7b; --paper: #fff; --card: #f4f7fa; --line: #d7dfe7;
  --accent: #0b5cab; --good: #1d7a3d; --warn: #96580a; --bad: #b3261e }
@media (prefers-color-scheme: dark) { :root { --ink: #e4eaf0; --quiet: #9fb0c0; --paper: #11181f; --card: #1a242e;
  --line: #31404e; --accent: #7ab8f5; --good: #6fcf8e; --warn: #f0b35e; --bad: #ff8f85 } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 88rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif }
h1 { font-size: 1.7rem; margin: 0 0 .25rem } h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem }
p { margin: .25rem 0 .75rem; max-width: 62rem } .quiet, .note, .none { color: var(--quiet) }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 1rem 0 }
dl.facts dt { color: var(--quiet) } dl.facts dd { margin: 0; overflow-wrap: anywhere }
ul.cards { list-style: none; padding: 0; margin: 1.25rem 0; display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)) }
ul.cards a { display: block; height: 100%; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-left: 4px solid var(--accent); border-radius: 6px; color: inherit; text-decoration: none }
ul.cards a:hover, ul.cards a:focus-visible { border-color: var(--accent) }
ul.cards b { display: block; font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums }
ul.cards .good a { border-left-color: var(--good) } ul.cards .warn a { border-left-color: var(--warn) }
ul.cards .bad a { border-left-color: var(--bad) } ul.cards .none a { border-left-color: var(--line) }
caption { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0 1rem }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
tbody tr:first-child td { border-top-color: var(--quiet) }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem; border-top: 1px solid var(--line);
  overflow-wrap: anywhere }
th { background: var(--card); white-space: nowrap } .number { text-align: right; font-variant-numeric: tabular-nums }
th button { font: inherit; font-weight: 600; color: inherit; background: none; border: 0; padding: 0; cursor: pointer }
th button::after { content: " \\2195"; color: var(--quiet) }
th[aria-sort=ascending] button::after { content: " \\2191" } th[aria-sort=descending] button::after { content: " \\2193" }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
td code { white-space: nowrap } .user { display: inline-block; max-width: 20rem; overflow-wrap: break-word } code { font: .85em ui-monospace, Consolas, "Liberation Mono", monospace }
.active { color: var(--good) } .inactive { color: var(--quiet) } .frozen, .problem { color: var(--warn) }
.before { color: var(--bad) } .after { color: var(--good) } .empty { color: var(--quiet); font-style: italic }
td ul { margin: 0; padding-left: 1.1rem } details > summary { cursor: pointer; font-weight: 600; padding: .3rem 0 }
@media print { body { max-width: none; padding: 0; font-size: 10pt } .scroll { overflow: visible; border: 0 }
  ul.cards a { break-inside: avoid } tr { break-inside: avoid } thead { display: table-header-group }
  th button::after { content: "" } details::details-content { content-visibility: visible; display: block } }
`

/** Makes the tables sortable. Without it, the report says the same. */
export const script = `
'use strict'
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: 'base' })
for (const table of document.querySelectorAll('table.sortable')) {
  const headings = [...table.tHead.rows[0].cells]
  for (const [column, heading] of headings.entries()) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = heading.textContent
    heading.replaceChildren(button)
    heading.setAttribute('aria-sort', 'none')
    button.addEventListener('click', () => {
      const direction = heading.getAttribute('aria-sort') === 'ascending' ? -1 : 1
      for (const other of headings) other.setAttribute('aria-sort', 'none')
      heading.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending')
      const body = table.tBodies[0]
      const rows = [...body.rows].map((row) => ({ row, text: row.cells[column].textContent.trim() }))
      rows.sort((a, b) => direction * collator.compare(a.text, b.text))
      // Away from the page while it is put in order: thousands of rows are laid out once.
      body.remove()
      body.append(...rows.map(({ row }) => row))
      table.append(body)
    })
  }
}
for (const link of document.querySelectorAll('ul.cards a')) {
  link.addEventListener('click', () => {
    const details = document.querySelector(link.hash + ' > details')
    if (details !== null) details.open = true
  })
}
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true
})
`

import { createHash } from 'node:crypto'
import { script, style } from './reportAssets.ts'
import { Markup, markup } from './reportHtml.ts'
import type { Report } from './reportModel.ts'
import {
  ambiguousTable,
  correlatedTable,
  createdTable,
  differences,
  sharedTable,
  uncomparedTable,
  unjudgedTable,
  unownedTable,
} from './reportTables.ts'

/** Rows of a table from which on it is folded away at first. */
const folded = 200

/** The report as one HTML file: nothing is loaded from anywhere, and it reads without its script. */
export function reportPage(report: Report): string {
  const { org, connector, correlation, summary, judgedBy } = report
  const policy = `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`
  const date = report.generatedAt.slice(0, 16).replace('T', ' ') + ' UTC'
  const by =
    judgedBy === 'connector'
      ? 'the connector itself, by dry runs of create and update for each person'
      : 'one import of all accounts, compared as the connector compares (--exact asks the connector itself)'
  const page = markup`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="referrer" content="no-referrer" />
    <title>Correlation preview of ${org}</title>
    <style>${new Markup(style)}</style>
  </head>
  <body>
    <header>
      <h1>Correlation preview</h1>
      <p class="quiet">What connecting this org would find and change. Nothing was written in it.</p>
      <dl class="facts">
        <dt>Org</dt><dd>${org}</dd>
        <dt>Made</dt><dd>${date}, with ${report.requests} requests</dd>
        <dt>Connector</dt><dd>${connector}</dd>
        <dt>Correlation</dt><dd><code>${correlation.personField}</code> with <code>${correlation.accountField}</code>: ${correlation.rule}</dd>
        <dt>Judged by</dt><dd>${by}</dd>
      </dl>
    </header>
    <main>
      <h2 id="summary">Summary</h2>
      ${cards(summary)}
      ${section('correlate', 'Persons that correlate', 'Each has one account: create returns it, and writes nothing.', report.correlated.length, correlatedTable(report))}
      ${section('ambiguous', 'Ambiguous', 'More than one account has the value: create fails, until all but one have another.', report.ambiguous.length, ambiguousTable(report))}
      ${section('shared', 'Accounts that several persons would get', 'Each of these persons correlates with the same account: they would overwrite each other.', report.sharedAccounts.length, sharedTable(report))}
      ${section('created', 'Persons that would get a new account', 'No account has the value: create makes one.', report.wouldBeCreated.length, createdTable(report))}
      ${section('unjudged', 'Persons that could not be checked', 'The mapping fails, or there is nothing to look for.', report.notJudged.length, unjudgedTable(report))}
      ${section('unowned', 'Accounts that nobody owns', 'No person of the file has their value: leavers, integrations, administrators, or a value that is missing.', report.unowned.length, unownedTable(report))}
      ${mappingSection(report)}
      ${differences(report, fold)}
      ${section('uncompared', 'What was not compared, and why', judgedBy === 'connector' ? 'The connector compared all that it would write.' : 'An update may change these fields as well.', report.notCompared.length, uncomparedTable(report))}
    </main>
    <script>${new Markup(script)}</script>
  </body>
</html>
`
  return page.text
}

/** Nothing where the mapping is in order and empties no field. */
function mappingSection({ mappingProblems, emptied }: Report): Markup {
  if (mappingProblems.length + emptied.length === 0) return markup``
  return markup`<section id="mapping">
        <h2>The mapping (${mappingProblems.length + emptied.length})</h2>
        <p>A path that no person has empties its field for everybody.</p>
        ${mappingProblems.map((problem) => markup`<div class="problem">${problem}</div>`)}
        ${emptied.map(({ field, accounts }) => markup`<div>${field} would be emptied in ${accounts} ${accountOrAccounts(accounts)}</div>`)}
      </section>
      `
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function cards(summary: Report['summary']): Markup {
  const { correlated, withDifferences, ambiguous, sharedAccounts, wouldBeCreated, notJudged } = summary
  const list: [id: string, count: number, text: string, tone: string][] = [
    ['correlate', correlated, `of ${summary.persons} persons correlate`, 'good'],
    [
      'differences',
      withDifferences,
      `${accountOrAccounts(withDifferences)} that an update would change`,
      'plain',
    ],
    ['ambiguous', ambiguous, ambiguous === 1 ? 'person is ambiguous' : 'persons are ambiguous', 'bad'],
    ['shared', sharedAccounts, `${accountOrAccounts(sharedAccounts)} that several persons would get`, 'bad'],
    ['created', wouldBeCreated, `${personOrPersons(wouldBeCreated)} would get a new account`, 'plain'],
    ['unjudged', notJudged, `${personOrPersons(notJudged)} cannot be judged`, 'bad'],
    [
      'unowned',
      summary.unowned,
      `of ${summary.accounts} accounts ${summary.unowned === 1 ? 'has' : 'have'} no owner, ${summary.unownedActive} of them active`,
      'warn',
    ],
  ]
  return markup`<ul class="cards">
        ${list.map(
          ([
            id,
            count,
            text,
            tone,
          ]) => markup`<li class="${count === 0 ? 'none' : tone}"><a href="#${id}"><b>${count}</b> ${text}</a></li>
        `,
        )}
      </ul>`
}

function personOrPersons(count: number): string {
  return count === 1 ? 'person' : 'persons'
}

function accountOrAccounts(count: number): string {
  return count === 1 ? 'account' : 'accounts'
}

/** A long table is there, and out of the way. */
function fold(count: number, content: Markup): Markup {
  if (count <= folded) return content
  return markup`<details><summary>Show all ${count}</summary>${content}</details>`
}

function section(id: string, title: string, says: string, count: number, content: Markup): Markup {
  return markup`<section id="${id}">
        <h2>${title} (${count})</h2>
        <p>${says}</p>
        ${fold(count, content)}
      </section>
      `
}

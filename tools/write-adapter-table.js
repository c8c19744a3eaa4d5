// Writes docs/adapters/table.md: the table of adapters and schemes from the last run of the adapter contract.
// With --check it writes nothing, and fails if the table does not match that run.
import { readFileSync, writeFileSync } from 'node:fs'
import { countAll, readContractResults } from './contract-results.js'

/** @type {Readonly<Record<string, readonly string[]>>} the vector files of each column; every other file is a scheme of one's own */
const columns = {
  Visisto: ['visisto'],
  'Fingerprinting API': ['fingerprinting-api-hmac', 'fingerprinting-api-token'],
  Embeddable: ['embeddable'],
  Visibuild: ['visibuild'],
  Scratcher: ['scratcher', 'scratcher-get'],
  'Standard Webhooks': ['standard-webhooks'],
  GitHub: ['github'],
  Stripe: ['stripe'],
  Slack: ['slack'],
  Shopify: ['shopify'],
}
const named = new Set(Object.values(columns).flat())

const page = new URL('../docs/adapters/table.md', import.meta.url)
const [start, end] = ['<!-- adapters: begin -->\n', '<!-- adapters: end -->']
const results = readContractResults()
if (results.length === 0) stop('No results: run `npx -y pnpm@12 test:all` first.')
const broken = results.filter(({ failed }) => failed > 0)
if (broken.length > 0) stop(`Not all adapters pass: ${broken.map(({ adapter }) => adapter).join(', ')}.`)

const text = readFileSync(page, 'utf8')
const from = text.indexOf(start) + start.length
const to = text.indexOf(end)
if (from < start.length || to < from) stop('docs/adapters/table.md does not contain the marks of the table.')
const renewed = text.slice(0, from) + renderTable() + text.slice(to)
if (!process.argv.includes('--check')) writeFileSync(page, renewed)
else if (renewed !== text)
  stop('docs/adapters/table.md does not match this run. To update it: `npx -y pnpm@12 adapters:table`.')

function renderTable() {
  const rows = [
    ['adapter', ...Object.keys(columns), 'own schemes', 'other cases', 'excepted', 'all'],
    ['---', ...Array(Object.keys(columns).length + 4).fill('--:')],
    ...results.map((result) => {
      const { adapter, vectors, cases, excepted } = result
      /** @param {(file: string) => boolean} isWanted */
      const sum = (isWanted) =>
        Object.entries(vectors).reduce((total, [file, passed]) => total + (isWanted(file) ? passed : 0), 0)
      return [
        adapter,
        ...Object.values(columns).map((files) => sum((file) => files.includes(file))),
        sum((file) => !named.has(file)),
        cases,
        excepted,
        countAll(result),
      ]
    }),
  ]
  return `${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`
}

/** @type {(reason: string) => never} */
function stop(reason) {
  console.error(reason)
  process.exit(1)
}

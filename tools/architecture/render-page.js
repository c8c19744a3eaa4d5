import { shareLines } from '../sources/count-lines.js'
import { listPackages } from '../sources/list-packages.js'
import { readImports } from '../sources/read-imports.js'
import { drawFlow } from './draw-flow.js'
import { drawPackages, listEdges } from './draw-packages.js'
import { findPlaces } from './places.js'

/** @import { Tree } from '../sources/read-tree.js' */

/** The page's path, relative to the repository. */
export const architecturePage = 'docs/architecture.md'

/** How much a drawn share may differ from the real one, so that small changes do not require a new picture. */
const toleratedPoints = 2

/** @type {(tree: Tree) => string} the page with its pictures and its table drawn from the sources */
export function renderArchitecturePage(tree) {
  const page = tree.get(architecturePage) ?? ''
  const packages = listPackages(tree)
  const shares = roundShares(shareLines(packages, tree), page)
  const rows = findPlaces(tree).map(
    ({ what, name, file }) => `| ${what} | \`${name}\` in [${file}](../${file}) |`,
  )
  return [
    ['packages', toMermaid(drawPackages(listEdges(readImports(tree), packages), shares))],
    ['flow', toMermaid(drawFlow(tree))],
    ['places', ['| you look for | it is |', '|---|---|', ...rows].join('\n')],
  ].reduce((text, [mark = '', content = '']) => replacePart(text, mark, content), page)
}

/** @type {(exact: ReadonlyMap<string, number>, page: string) => ReadonlyMap<string, number>} in percent, as the page has them where that is near enough */
function roundShares(exact, page) {
  return new Map(
    [...exact].map(([name, share]) => {
      const drawn = Number(
        new RegExp(`^ {2}${name}\\["${name}<br/>(\\d+) %`, 'm').exec(page)?.[1] ?? Number.NaN,
      )
      const isNear = Math.abs(drawn - share * 100) <= toleratedPoints
      return [name, isNear ? drawn : Math.round(share * 100)]
    }),
  )
}

/** @param {string} picture */
function toMermaid(picture) {
  return `\`\`\`mermaid\n${picture}\n\`\`\``
}

/** @type {(text: string, mark: string, content: string) => string} */
function replacePart(text, mark, content) {
  const [begin, end] = [`<!-- ${mark}: begin -->\n`, `<!-- ${mark}: end -->`]
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`${architecturePage} has lost the marks "${mark}".`)
  return `${text.slice(0, from)}${begin}${content}\n${text.slice(to)}`
}

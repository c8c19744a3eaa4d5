import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { families } from '../families.js'
import { drawPlot } from './draw-plot.js'
import { renderPage } from './render-page.js'
import { resultsFolder } from './results.js'

/** docs/performance.md */
export const page = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))

/** @param {import('./results.js').Results} results */
export function writePage(results) {
  mkdirSync(resultsFolder, { recursive: true })
  writeFileSync(page, renderPage(families, results))
  const pictures = drawPictures(results)
  for (const name of readPictureNames()) if (!pictures.has(name)) rmSync(resultsFolder + name)
  for (const [name, picture] of pictures) writeFileSync(resultsFolder + name, picture)
}

/**
 * @param {import('./results.js').Results} results
 * @returns {ReadonlyMap<string, string>} by the names of their files
 */
export function drawPictures(results) {
  return new Map(
    families.flatMap((family) => {
      const stored = results[family.name]
      if (stored === undefined) return []
      const { plots } = family.report(stored.result)
      return plots.map((plot) => /** @type {const} */ ([`${plot.name}.svg`, drawPlot(plot)]))
    }),
  )
}

/** @returns {string[]} the pictures in the folder */
export function readPictureNames() {
  return readdirSync(resultsFolder).filter((name) => name.endsWith('.svg'))
}

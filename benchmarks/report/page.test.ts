import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { families } from '../families.js'
import { missed, reasonFor } from './missed.js'
import { renderPage } from './render-page.js'
import { readResults, resultsFolder } from './results.js'
import { drawPictures, page, readPictureNames } from './write-page.js'

const results = readResults()
const marks = families.flatMap((family) => {
  const stored = results[family.name]
  return stored ? family.report(stored.result).marks : []
})

describe('docs/performance.md', () => {
  test('is rendered from the stored figures', () => {
    expect(readFileSync(page, 'utf8')).toBe(renderPage(families, results))
  })

  test('its pictures are, too, and no other is left over', () => {
    const pictures = drawPictures(results)
    expect(readPictureNames()).toEqual([...pictures.keys()].sort())
    for (const [name, picture] of pictures) expect(readFileSync(resultsFolder + name, 'utf8')).toBe(picture)
  })

  test('all stored figures are of families', () => {
    const names = families.map(({ name }) => name)
    expect(Object.keys(results).filter((name) => !names.includes(name))).toEqual([])
  })
})

describe('marks', () => {
  test('have different names, and one limit each', () => {
    expect(new Set(marks.map(({ name }) => name)).size).toBe(marks.length)
    const odd = marks.filter(({ most, least }) => (most === undefined) === (least === undefined))
    expect(odd).toEqual([])
  })

  test('each missed mark has a paragraph that says why', () => {
    const unexplained = marks.filter(({ isMet, name }) => !isMet && reasonFor(name) === undefined)
    expect(unexplained.map(({ name }) => name)).toEqual([])
  })

  test.each(missed)('the paragraph for $marks has no measured figure', ({ paragraph }) => {
    expect(paragraph).not.toMatch(/\d[.,]\d|\d ?(%|x\b|ns\b|µs\b|us\b|ms\b|kB\b|points\b)/)
  })
})

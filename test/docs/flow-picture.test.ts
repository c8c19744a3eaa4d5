import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { drawFlow, flowPicture } from '../../tools/draw-flow-picture.js'
import { readPage } from './read-blocks.js'

const picture = readFileSync(flowPicture, 'utf8')

test('docs/flow.svg is the output of tools/write-flow-picture.js', () => {
  expect(picture).toBe(drawFlow())
})

test('it has a title and a description for screen readers, and colours for dark mode', () => {
  expect(picture).toMatch(/<title id="title">.+<\/title>\n.*<desc id="desc">.+<\/desc>/)
  expect(picture).toContain('prefers-color-scheme: dark')
})

test('the README shows it with an alternative text', () => {
  expect(readPage('README.md')).toMatch(/!\[[^\]]{40,}\]\(docs\/flow\.svg\)/)
})

import { readFileSync } from 'node:fs'
import { type VerificationErrorCode, WebhookVerificationError } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { expect, test } from 'vitest'
import { resolveReceiverSettings } from '../../packages/core/src/settings/receiver-settings.js'
import { buildResponse } from '../../packages/core/src/steps/build-response.js'
import { readPage } from './read-blocks.js'
import { environment } from './senders.js'

const source = readFileSync(new URL('../../packages/core/src/errors.ts', import.meta.url), 'utf8')
const codes = [...source.matchAll(/^(?: {2}\||export type \w+ =) '(ERR_WEBHOOK_\w+)'$/gm)].map(
  ([, code = '']) => code,
)
const sections = readPage('docs/errors.md')
  .split(/^### /m)
  .slice(1)
  .map((text) => ({ code: /^`(\w+)`\n/.exec(text)?.[1] ?? text, text }))

test('docs/errors.md has one heading for each code, and no others', () => {
  expect(sections.map(({ code }) => code).sort()).toEqual([...codes].sort())
  expect(codes).toContain('ERR_WEBHOOK_SECRET_UNAVAILABLE')
})

test.each(sections)('$code says who must act and what is answered', ({ text }) => {
  expect(text).toMatch(/^- Who acts: /m)
  expect(text).toMatch(/^- HTTP: /m)
})

const settings = resolveReceiverSettings({ scheme: visibuild(), secret: environment.VISIBUILD_SECRET })
const [verification = ''] = /export type VerificationErrorCode =[\s\S]*?\n\n/.exec(source) ?? []
const refusals = sections.filter(({ code }) => verification.includes(`'${code}'`))

test.each(refusals)('$code names the status of the answer', ({ code, text }) => {
  const error = new WebhookVerificationError(code as VerificationErrorCode, 'refused')
  const { status } = buildResponse({ type: 'refused', error }, false, settings)
  expect(text).toContain(`- HTTP: ${status}`)
})

test('the refusals are those of verification', () => {
  expect(refusals.length).toBeGreaterThanOrEqual(15)
})

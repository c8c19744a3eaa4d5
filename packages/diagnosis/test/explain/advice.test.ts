import { createHash } from 'node:crypto'
import { explain, type Framework } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { provedBodies } from './scenes/body-scenes.js'
import { provedContents } from './scenes/content-scenes.js'
import { hintedSecrets, provedSecrets } from './scenes/secret-scenes.js'
import { hintedSignatures, provedSignatures } from './scenes/signature-scenes.js'
import { body, plain } from './support/signed.js'

const frameworks: Readonly<Record<Framework, string>> = {
  express: "express.raw({ type: '*/*' })",
  fastify: 'addContentTypeParser',
  hono: 'c.req.arrayBuffer()',
  'next-app': 'request.arrayBuffer()',
  'next-pages': 'bodyParser: false',
  nestjs: 'rawBody: true',
  koa: 'ctx.req',
  lambda: 'event.isBase64Encoded',
  node: 'Buffer.concat',
  fetch: 'request.arrayBuffer()',
  django: 'request.body',
  flask: 'request.get_data()',
  rails: 'request.raw_post',
  spring: '@RequestBody byte[]',
  php: 'php://input',
  go: 'io.ReadAll',
}

test.each(Object.entries(frameworks))('for %s it says how to get at the bytes', async (framework, way) => {
  const { capture, options } = plain({ signed: JSON.stringify(JSON.parse(body), null, 2), received: body })

  const [first] = (await explain(capture, { ...options, framework: framework as Framework })).findings

  expect(first?.advice).toContain(way)
})

describe('no advice holds a secret, a signature that would be right, or a piece of the body', () => {
  const scenes = {
    ...provedSecrets,
    ...hintedSecrets,
    ...provedBodies,
    ...provedSignatures,
    ...hintedSignatures,
    ...provedContents,
  }

  test.each(Object.entries(scenes))('%s', async (_, make) => {
    const { capture, options } = make()
    let ticks = 0
    const said = JSON.stringify(await explain(capture, { ...options, budgetMs: 400, clock: () => ticks++ }))
    const hidden = options.secrets
      .map(({ value }) => String(value))
      .filter((value) => value.length >= 12 && !value.startsWith('what the receiver'))

    for (const secret of hidden) {
      expect(said).not.toContain(secret)
      expect(said).not.toContain(Buffer.from(secret).toString('base64').slice(0, -4))
      expect(said).not.toContain(Buffer.from(secret).toString('hex'))
      expect(said).not.toContain(createHash('sha256').update(secret).digest('hex'))
    }
    expect(said).not.toMatch(/[0-9a-f]{24,}/)
    expect(said).not.toContain('invoice.paid')
  })
})

test('of an invisible character it says which and where', async () => {
  const { capture, options } = plain({ secret: 'secret-\u200b0123456789', key: 'secret-0123456789' })

  const [first] = (await explain(capture, options)).findings

  expect(first?.advice).toContain('U+200B at character 7')
})

test('of a body it says how many bytes came and were signed, and where they part', async () => {
  const { capture, options } = plain({ signed: '{"a":1}', received: '{"a":1}\n' })

  const [first] = (await explain(capture, options)).findings

  expect(first?.advice).toContain('8 bytes came and 7 were signed; they part at byte 7')
})

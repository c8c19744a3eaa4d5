import { createHash, createHmac } from 'node:crypto'
import { isWebhookError, verify } from '@countersign/core'
import { hmacScheme } from '@countersign/core/schemes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const secret = 'a-signing-secret-of-32-characters'
const bodyPlaceholders = ['{body}', '{bodySha256Hex}', '{bodySha256Base64}']

const schemeOf = (signedContent: string) =>
  hmacScheme({ name: 'digests', header: 'x-sig', signedContent, payload: 'bytes' })

function signed(body: Uint8Array, content: string | Uint8Array) {
  const headers = { 'x-sig': createHmac('sha256', secret).update(content).digest('hex') }
  return { method: 'POST', url: '/', headers, body }
}

describe('a scheme that signs the digest of the body', () => {
  it.each([
    ['{bodySha256Hex}', 'hex'],
    ['{bodySha256Base64}', 'base64'],
  ] as const)(
    '%s accepts every body with its own digest, and with no other',
    async (placeholder, encoding) => {
      const options = { scheme: schemeOf(`a:${placeholder}:{method}`), secret }
      await fc.assert(
        fc.asyncProperty(
          fc.uint8Array({ maxLength: 300 }),
          fc.uint8Array({ maxLength: 300 }),
          async (body, other) => {
            const digest = createHash('sha256').update(body).digest(encoding)
            const request = signed(body, `a:${digest}:POST`)
            expect((await verify(request, options)).rawBody).toEqual(body)
            const isSame = Buffer.from(body).equals(other)
            const verdict = await verify({ ...request, body: other }, options).then(
              () => 'valid',
              (error) => isWebhookError(error) && error.code,
            )
            expect(verdict).toBe(isSame ? 'valid' : 'ERR_WEBHOOK_SIGNATURE_MISMATCH')
          },
        ),
        { numRuns: 60 },
      )
    },
  )

  it('does not accept the body itself as its digest', async () => {
    const body = Buffer.from('{"id":1}')
    const options = { scheme: schemeOf('{bodySha256Hex}'), secret }
    await expect(verify(signed(body, body), options)).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    })
  })
})

it('signedContent needs exactly one of the three; otherwise the error names it', () => {
  const literals = fc.constantFrom('', '.', '\n', 'v0:', '{method}', '{', '}', '{}', '{body', 'body}')
  const parts = fc.array(fc.oneof(literals, fc.constantFrom(...bodyPlaceholders)), { maxLength: 6 })
  fc.assert(
    fc.property(parts, (list) => {
      const template = list.join('|')
      const bodies = template.match(/\{body(?:Sha256(?:Hex|Base64))?\}/g) ?? []
      const define = () => schemeOf(template)
      if (bodies.length === 1) {
        expect(define()).toMatchObject({ signedContent: template })
        return
      }
      const [first = bodyPlaceholders[0], second = bodyPlaceholders[2]] = bodies
      expect(define).toThrow(first)
      expect(define).toThrow(second)
      expect(define).toThrow(expect.objectContaining({ code: 'ERR_WEBHOOK_SCHEME_INVALID' }))
    }),
  )
})

import { isWebhookError, type VerifyOptions, type WebhookRequest } from '@countersign/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import known from './known-answers.json' with { type: 'json' }
import { schemeOf } from './senders.js'

interface KnownAnswer {
  readonly sender: string
  readonly secret: string
  readonly secretForm?: string
  readonly url?: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  readonly now?: number
  readonly toleranceSeconds?: number
  readonly result: string
  readonly why?: string
  readonly source: string
}

const answers: readonly KnownAnswer[] = known.answers

function requestOf({ headers, body, url = 'https://example.com/hooks' }: KnownAnswer): WebhookRequest {
  const { pathname, search } = new URL(url)
  return { method: 'POST', url: pathname + search, headers, body: Buffer.from(body) }
}

function optionsOf(answer: KnownAnswer): VerifyOptions {
  const { sender, url, now, toleranceSeconds } = answer
  return {
    scheme: schemeOf(sender, url),
    secret: secretOf(answer),
    parse: false,
    now: () => (now ?? 1_700_000_000) * 1000,
    ...(toleranceSeconds !== undefined && { toleranceSeconds }),
  }
}

function secretOf({ sender, secret, secretForm }: KnownAnswer): VerifyOptions['secret'] {
  // Pusher names the key in a header; the application of the answers has one key.
  if (sender === 'pusher') {
    return ({ header }) => (header('X-Pusher-Key') === '123456789' ? secret : undefined)
  }
  return secretForm === undefined ? secret : secret.normalize(secretForm)
}

const titled = answers.map((answer, index) => ({
  ...answer,
  title: `${index} ${answer.sender}: ${answer.result}${answer.why ? ` (${answer.why})` : ''}, ${answer.source}`,
}))
const valid = titled.filter(({ result }) => result === 'valid')

describe.each([
  { runtime: 'node:crypto', implementation: '../../src/crypto/node.js', answer: Uint8Array },
  { runtime: 'WebCrypto', implementation: '../../src/crypto/web.js', answer: Promise },
])('$runtime', ({ implementation, answer: kind }) => {
  const computeMac = vi.fn()
  let verify: typeof import('@countersign/core').verify

  beforeAll(async () => {
    vi.resetModules()
    vi.doMock('#crypto', async () => {
      const real = await vi.importActual<typeof import('../../src/crypto/node.js')>(implementation)
      return { ...real, computeMac: computeMac.mockImplementation(real.computeMac) }
    })
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    verify = (await import('@countersign/core')).verify
  })

  afterAll(() => {
    // The other implementation would answer in the other way.
    expect(computeMac.mock.results[0]?.value).toBeInstanceOf(kind)
    vi.doUnmock('#crypto')
    vi.restoreAllMocks()
  })

  it.each(titled)('$title', async (answer) => {
    const verifying = verify(requestOf(answer), optionsOf(answer))
    if (answer.result === 'valid') {
      const delivery = await verifying
      expect(Buffer.from(delivery.rawBody).toString()).toBe(answer.body)
      if (answer.now !== undefined) expect(delivery.timestamp).toBeGreaterThan(0)
    } else {
      await expect(verifying).rejects.toMatchObject({ name: 'WebhookVerificationError', code: answer.result })
    }
  })

  it.each(valid)('refuses $sender with one bit of the body flipped', async (answer) => {
    const request = requestOf(answer)
    const body = Buffer.from(answer.body)
    body.writeUInt8(body.readUInt8(body.length >> 1) ^ 1, body.length >> 1)
    await expect(verify({ ...request, body }, optionsOf(answer))).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
      authentic: false,
    })
  })

  it.each(valid)('refuses $sender under another secret', async (answer) => {
    const secret = Buffer.from('another secret, of 32 bytes long')
    await expect(verify(requestOf(answer), { ...optionsOf(answer), secret })).rejects.toMatchObject({
      code: 'ERR_WEBHOOK_SIGNATURE_MISMATCH',
    })
  })

  it.each(valid)('parses the body of $sender or reports that it cannot', async (answer) => {
    const form = answer.headers['Content-Type']?.includes('urlencoded')
    const parsed = verify(requestOf(answer), { ...optionsOf(answer), parse: true })
    if (form || isJson(answer.body)) {
      expect((await parsed).payload).toBeDefined()
    } else {
      const error = await parsed.catch((reason: unknown) => reason)
      expect(isWebhookError(error, 'ERR_WEBHOOK_PAYLOAD_MALFORMED')).toBe(true)
      expect(error).toMatchObject({ authentic: true })
    }
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

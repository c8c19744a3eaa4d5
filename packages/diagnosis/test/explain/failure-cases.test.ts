import { readFileSync } from 'node:fs'
import type { SchemeDescriptor } from '@countersign/core'
import { explain } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'

interface Shape {
  readonly header: string
  readonly format: string
  readonly template: string
  readonly secretEncoding: string
  readonly encoding: 'hex' | 'base64'
  readonly idHeader?: string
  readonly timestampHeader?: string
}

interface FailureCase {
  readonly id: string
  readonly vector: {
    readonly scheme: string
    readonly secret: string
    readonly candidateSecrets?: readonly string[]
    readonly headers: Readonly<Record<string, string>>
    readonly bodyBase64: string
    readonly now: number
    readonly expect: { readonly proved: boolean }
  }
}

/** Causes that users met; each has the addresses of their reports beside it. */
const { schemes, cases }: { schemes: Record<string, Shape>; cases: readonly FailureCase[] } = JSON.parse(
  readFileSync(new URL('failure-cases.json', import.meta.url), 'utf8'),
)

/** `t={t},v1={hex}` are pairs, `(space separated list)` is said in words, the rest is a prefix. */
function descriptorOf(name: string): SchemeDescriptor {
  const { header, format, template, secretEncoding, encoding, idHeader, timestampHeader } = schemes[
    name
  ] as Shape
  const pairs = /^t=\{t\},(\w+)=/.exec(format)?.[1]
  const prefix = pairs ? undefined : /^(.*?)\{/.exec(format)?.[1]
  return {
    name,
    signature: {
      algorithm: 'hmac-sha256',
      header,
      encoding,
      ...(pairs && { pairs: { separator: ',', key: pairs } }),
      ...(prefix && { prefix }),
      ...(format.includes('list') && { list: { separator: ' ' } }),
    },
    signedContent: template.replace('{t}', '{timestamp}'),
    ...(pairs && { timestamp: { header, key: 't', unit: 's' } as const }),
    ...(timestampHeader && { timestamp: { header: timestampHeader, unit: 's' } as const }),
    ...(idHeader && { deliveryId: { header: idHeader } }),
    ...(secretEncoding.startsWith('base64') && { secret: { encoding: 'base64', prefix: 'whsec_' } as const }),
  }
}

function explainCase({ vector }: FailureCase) {
  const { scheme, secret, candidateSecrets = [secret], headers, bodyBase64, now } = vector
  return explain(
    {
      method: 'POST',
      url: 'https://shop.example.com/hooks',
      headers: Object.entries(headers),
      body: Buffer.from(bodyBase64, 'base64'),
      notes: [],
    },
    {
      scheme: descriptorOf(scheme),
      secrets: candidateSecrets.map((value, index) => ({ id: `SECRET_${index}`, value })),
      now: now * 1000,
    },
  )
}

describe('the causes that users met', () => {
  const provable = cases.filter(({ vector }) => vector.expect.proved)
  const others = cases.filter(({ vector }) => !vector.expect.proved)

  test('are all here', () => {
    expect([provable.length, others.length]).toEqual([32, 7])
  })

  test.each(provable.map((one) => [one.id, one] as const))('%s is proved', async (id, one) => {
    const { verdict, findings } = await explainCase(one)

    expect(verdict).toBe('explained')
    expect(findings[0]).toMatchObject({ cause: id, level: 'proof' })
  })

  test.each(others.map((one) => [one.id, one] as const))('%s is the first hint', async (id, one) => {
    const { verdict, findings } = await explainCase(one)

    expect(verdict).toBe('unexplained')
    expect(findings[0]).toMatchObject({ cause: id, level: 'hint' })
    expect(findings.map(({ level }) => level)).not.toContain('proof')
  })

  test.each(cases.map((one) => [one.id, one] as const))('%s blames what it is named for', async (id, one) => {
    const [first] = (await explainCase(one)).findings
    const targets: Readonly<Record<string, readonly string[]>> = {
      body: ['body'],
      secret: ['secret'],
      tmpl: ['template'],
      time: ['time'],
      sig: ['header', 'algorithm', 'encoding'],
    }

    expect(targets[id.split('.')[0] ?? '']).toContain(first?.target)
  })
})

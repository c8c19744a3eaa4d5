import { describe, expect, test } from 'vitest'
import { templateLevels } from '../../src/recompute/content-templates.js'
import { templatesOf } from '../../src/recompute/templates-of.js'
import type { ContentTemplate } from '../../src/recompute/types.js'

const capture = {
  method: 'POST',
  url: 'https://shop.example.com/hooks',
  headers: [
    ['X-Acme-Signature', 'v3=abcdef'],
    ['X-Acme-Timestamp', '1773738000'],
    ['X-Acme-Delivery', 'd-1'],
  ] as const,
  body: Buffer.from('{}'),
  notes: [],
}

function take(count: number): readonly ContentTemplate[] {
  const taken: ContentTemplate[] = []
  for (const template of allTemplates(capture)) {
    if (taken.push(template) === count) break
  }
  return taken
}

const textOf = ({ before, bodyPart, after }: ContentTemplate) =>
  `${Buffer.from(before).toString('latin1')}<${bodyPart}>${Buffer.from(after).toString('latin1')}`

function* allTemplates(...args: Parameters<typeof templateLevels>) {
  for (const level of templateLevels(...args)) yield* level
}

describe('templateLevels', () => {
  test('the likeliest come first', () => {
    const first = take(200).map(({ signedContent }) => signedContent)

    expect(first[0]).toBe('{body}')
    expect(first.slice(0, 5)).toContain('{timestamp}.{body}')
    expect(first).toEqual(
      expect.arrayContaining([
        '{timestamp}{body}',
        '{timestamp}:{body}',
        '{id}.{timestamp}.{body}',
        '{url}{body}',
        '{body}{url}',
        '{body}{timestamp}',
        'v3:{timestamp}:{body}',
        '{timestamp}.{bodySha256Hex}',
      ]),
    )
  })

  test('the bytes are those of the notation', () => {
    const values: Readonly<Record<string, string>> = {
      timestamp: '1773738000',
      id: 'd-1',
      method: 'POST',
      body: '<body>',
      bodySha256Hex: '<bodySha256Hex>',
      bodySha256Base64: '<bodySha256Base64>',
    }
    for (const template of take(20_000)) {
      const filled = template.signedContent.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        name === 'url' ? (template.url ?? '') : (values[name] ?? ''),
      )
      if (filled !== textOf(template)) expect(textOf(template)).toBe(filled)
    }
  })

  test('sources come with the values they give', () => {
    const withAll = take(2_000).find(({ time, id, url }) => time && id && url !== undefined)

    expect(withAll).toMatchObject({
      time: { text: '1773738000', source: { header: 'X-Acme-Timestamp', unit: 's' } },
      id: { text: 'd-1', source: { header: 'X-Acme-Delivery' } },
      url: 'https://shop.example.com/hooks',
    })
  })

  test('with a limit it comes to an end, and nothing comes twice', () => {
    const all = [...allTemplates(capture, { urls: 1, maxCost: 6 })]
    const names = all.map((template) => `${template.signedContent} ${textOf(template)}`)

    expect(new Set(names).size).toBe(names.length)
    expect(all.length).toBeGreaterThan(1_000)
    expect(all.length).toBeLessThan(100_000)
  })

  test('where there is no time and no id, there are templates without', () => {
    const without = [...allTemplates({ ...capture, headers: [] }, { urls: 1, maxCost: 4 })]

    expect(without.map(({ signedContent }) => signedContent)).toContain('{method}{url}{body}')
    expect(without.some(({ signedContent }) => /timestamp|\{id\}/.test(signedContent))).toBe(false)
  })
})

describe('templatesOf', () => {
  const signature = {
    algorithm: 'hmac-sha256',
    header: 'X-Acme-Signature',
    encoding: 'hex',
    pairs: { separator: ',', key: 'v1' },
  } as const
  const scheme = {
    name: 'acme',
    signature,
    signedContent: 'v0:{method}:{url}:{id}:{timestamp}:{bodySha256Hex}\n',
    url: 'https://shop.example.com/höks',
    timestamp: { header: 'x-acme-signature', key: 't', unit: 's' },
    deliveryId: { header: 'x-acme-delivery' },
  } as const

  test('fills the template of a scheme; headers give bytes, the URL gives UTF-8', () => {
    const headers = [
      ['X-Acme-Signature', 't=1773738000,v1=abcdef'],
      ['X-Acme-Delivery', 'd\xe9'],
    ] as const

    const templates = templatesOf(scheme, { ...capture, headers })

    expect(templates).toHaveLength(1)
    expect(templates[0] && textOf(templates[0])).toBe(
      `v0:POST:${Buffer.from(scheme.url).toString('latin1')}:d\xe9:1773738000:<bodySha256Hex>\n`,
    )
    expect(templates[0]).toMatchObject({
      time: { text: '1773738000', source: scheme.timestamp },
      id: { text: 'd\xe9', source: scheme.deliveryId },
      url: scheme.url,
    })
  })

  test('what is missing is empty, and says so', () => {
    const [template] = templatesOf(scheme, { ...capture, headers: [] })

    expect(template && textOf(template)).toContain('höks:::<bodySha256Hex>'.replace('ö', '\xc3\xb6'))
    expect(template).toMatchObject({ time: undefined, id: undefined })
  })

  test('a header that came twice gives a template each', () => {
    const headers = [
      ['X-Acme-Delivery', 'one'],
      ['X-Acme-Delivery', 'two'],
    ] as const

    const ids = templatesOf(scheme, { ...capture, headers }).map(({ id }) => id?.text)

    expect(ids).toEqual(['one', 'two'])
  })

  test('without signedContent it is the body', () => {
    const [template] = templatesOf({ name: 'acme', signature }, capture)

    expect(template && textOf(template)).toBe('<body>')
  })
})

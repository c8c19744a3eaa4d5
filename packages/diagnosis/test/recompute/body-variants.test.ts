import { describe, expect, test } from 'vitest'
import { bodyVariants } from '../../src/recompute/body-variants/body-variants.js'
import { jsonVariants } from '../../src/recompute/body-variants/json/json-variants.js'
import { parseJson } from '../../src/recompute/body-variants/json/parse-json.js'

const captured = (body: string) => ({
  method: 'POST',
  url: 'https://shop.example.com/hooks',
  headers: [['content-type', 'application/json']] as const,
  body: Buffer.from(body),
  notes: [],
})
const written = (text: string, steps: number) => [...jsonVariants(text, steps)].map((variant) => variant.text)

describe('JSON written again', () => {
  // What a parser and a serialiser of JavaScript would lose or change.
  const precious = '{"big":12345678901234567890,"price":10.0,"e":1e2,"zero":-0,"a":"\\u0041\\/","a":null}'

  test('keeps every number and string that is not to be changed', () => {
    const indented = written(precious, 1).find((text) => text.startsWith('{\n  "big"'))

    expect(indented).toBe(
      '{\n  "big": 12345678901234567890,\n  "price": 10.0,\n  "e": 1e2,\n  "zero": -0,\n  "a": "\\u0041\\/",\n  "a": null\n}',
    )
  })

  test.each([
    ['json.dumps', '{"a": [1, 2], "b": "Zo\\u00eb"}', 1],
    ['JSON.stringify(..., null, 2)', '{\n  "a": [\n    1,\n    2\n  ],\n  "b": "Zoë"\n}', 1],
    ['json_encode', '{"a":[1,2],"b":"Zo\\u00eb"}', 1],
    ['Jackson', '{\n  "a" : [ 1, 2 ],\n  "b" : "Zoë"\n}', 1],
    ['sorted and in reverse', '{"b":"Zoë","a":[1,2]}', 0],
    ['MarshalIndent with tabs and a line end', '{\n\t"a": [\n\t\t1,\n\t\t2\n\t],\n\t"b": "Zoë"\n}\n', 1],
  ])('%s', (_, expected, steps) => {
    const source = steps === 0 ? expected : '{"a":[1,2],"b":"Zoë"}'
    const found = written(source, 1)

    if (steps === 0) expect(found).toContain('{"a":[1,2],"b":"Zoë"}')
    else expect(found).toContain(expected)
  })

  test.each(['', 'words', '{"a":', '{"a":1}}', '[1,]', '1', `${'['.repeat(300)}${']'.repeat(300)}`])(
    'is not for %j',
    (text) => {
      expect(parseJson(text)).toBeUndefined()
      expect(written(text, 2)).toEqual([])
    },
  )
})

describe('what a body may have been', () => {
  test('comes by how many things happened, and never empty or twice for nothing', () => {
    const variants = bodyVariants(captured('{"name":"Zoë"}\n'))
    const all = [0, 1, 2].flatMap((steps) => [...variants.ofSteps(steps)])
    const costs = new Map<string, number>()

    for (const { bytes, cost, steps, faults } of all) {
      const name = Buffer.from(bytes).toString('latin1')
      expect(bytes.length).toBeGreaterThan(0)
      expect(cost).toBeLessThan(costs.get(name) ?? Number.POSITIVE_INFINITY)
      expect(faults.length).toBeGreaterThanOrEqual(Math.min(steps, 1))
      costs.set(name, cost)
    }
    expect(all.length).toBeGreaterThan(300)
  })

  test('two things are undone one after the other, the last one first', () => {
    const envelope = JSON.stringify({ Message: Buffer.from('{"a":1}').toString('base64') })
    const variants = bodyVariants(captured(`${envelope}\n`))
    const all = [0, 1, 2].flatMap((steps) => [...variants.ofSteps(steps)])

    expect(all.some(({ bytes }) => Buffer.from(bytes).toString() === '{"a":1}')).toBe(true)
  })
})

import { github, standardWebhooks } from '@countersign/core/schemes'
import { explain } from '@countersign/diagnosis'
import { describe, expect, test } from 'vitest'
import { type Case, listed, paired, plain, standardSecret } from './support/signed.js'

const key = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const text = 'shared-0123456789abcdef'
const hex = 'ab12cd34'.repeat(8)
const decoded = Buffer.from(key, 'base64')
const forText = (secret: string, signedWith = text) => plain({ secret, key: signedWith })

/** A label before the key, by what the sender signs with. */
const labelled: Readonly<Record<string, () => Case>> = {
  'a version before the key alone': () => listed({ secret: `v1,${key}` }),
  'a version with an equals sign': () => listed({ secret: `v1=${standardSecret}` }),
  'a version and a blank': () => listed({ secret: `v1, ${standardSecret}` }),
  'another version': () => listed({ secret: `v2,${standardSecret}` }),
  'the word of another sender': () => listed({ secret: `sk_live_${key}` }),
  'the word twice': () => listed({ secret: `whsec_${standardSecret}` }),
  'a version before text': () => forText(`v1,${text}`),
  'a version and a colon before text': () => forText(`v0:${text}`),
  'a version before hex': () => forText(`v0=${hex}`, hex),
  'a version before text that keeps its own word': () =>
    paired({ secret: `v1,${standardSecret}`, key: standardSecret }),
  'a version and a word before text': () => forText(`v1,whsec_${text}`),
  'a word and a hyphen': () => forText(`sk-${text}`),
}

describe('a label glued to the secret', () => {
  test.each(Object.entries(labelled))('is named and proved: %s', async (_, make) => {
    const { capture, options } = make()

    const { verdict, findings } = await explain(capture, options)

    expect(verdict).toBe('explained')
    expect(findings).toMatchObject([{ cause: 'secret.prefix-kept', target: 'secret', level: 'proof' }])
  })

  test('is found beside another fault', async () => {
    const { capture, options } = paired({ secret: `"v1,${standardSecret}"`, key: standardSecret })

    const { findings } = await explain(capture, options)

    expect(findings.map(({ cause, level }) => [cause, level])).toEqual([
      ['secret.quoted', 'proof'],
      ['secret.prefix-kept', 'proof'],
    ])
  })

  test('of a key in base64 comes with the field that reads it', async () => {
    const { capture, options } = plain({ secret: `v1,${standardSecret}`, key: decoded })

    const [first] = (await explain(capture, options)).findings

    expect(first).toMatchObject({ cause: 'secret.base64-not-decoded', level: 'proof' })
    expect(first?.advice).toContain(`secret: { encoding: 'base64', prefix: "v1,whsec_" }`)
  })

  test('is a hint where nothing matches, and swapped arguments are not', async () => {
    const { capture, options } = listed({ secret: `v1,${standardSecret}`, key: 'another' })

    const { verdict, findings } = await explain(capture, options)

    expect(verdict).toBe('unexplained')
    const causes = findings.map(({ cause }) => cause)
    expect(causes[0]).toBe('secret.prefix-kept')
    expect(causes).not.toContain('sig.args-swapped')
  })

  test('is no fault where the scheme reads it, alone or as one of several', async () => {
    const { capture, options } = listed({
      secret: `v1,${standardSecret}`,
      received: `${'{"a":1}'}\n`,
      signed: '{"a":1}',
    })
    for (const prefix of ['v1,whsec_', ['v1,whsec_', 'whsec_']]) {
      const secret = { encoding: 'base64', prefix } as { encoding: 'base64'; prefix: string }
      const scheme = { ...standardWebhooks(), secret }

      const { findings } = await explain(capture, { ...options, scheme })

      expect(findings).toMatchObject([{ cause: 'body.trailing-newline-added', level: 'proof' }])
    }
  })

  test('is not repeated where it may be a piece of the secret', async () => {
    const { capture, options } = plain({ secret: `tenant42_${text}`, key: text })

    const said = JSON.stringify(await explain(capture, { ...options, scheme: github() }))

    expect(said).toContain('secret.prefix-kept')
    expect(said).not.toContain('tenant42')
  })
})

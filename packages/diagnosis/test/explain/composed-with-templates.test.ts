import { defineScheme, type HmacAlgorithm, type HmacProof, type SchemeDescriptor } from '@countersign/core'
import { describe, expect, test } from 'vitest'
import { type Composition, everyNth, schemes, secretFor, unprovedOf } from './support/composed.js'
import { bodyDamages, compact, headerDamages, secretDamages } from './support/composed-damages.js'

type Named = readonly [name: string, targets: readonly string[], composition: Composition]
type Change = readonly [name: string, target: 'template' | 'algorithm', signedWith: SchemeDescriptor]

/** Signed contents and algorithms that the sender has other than the receiver. */
function changesOf(scheme: SchemeDescriptor): readonly Change[] {
  const { signedContent = '{body}', signature } = scheme
  const templates = {
    separator: signedContent.replace(/\}[.:]\{/g, '}|{'),
    digest: signedContent.replace('{body}', '{bodySha256Hex}'),
    order: signedContent
      .split(/(?<=\})[.:](?=\{)/)
      .reverse()
      .join(signedContent.includes(':') ? ':' : '.'),
  }
  const algorithms: readonly HmacAlgorithm[] = ['hmac-sha1', 'hmac-sha512', 'hmac-sha384']
  return [
    ...Object.entries(templates)
      .filter(([, template]) => template !== signedContent)
      .map(
        ([name, template]): Change => [
          name,
          'template',
          defineScheme({ ...scheme, signedContent: template }),
        ],
      ),
    ...algorithms
      .filter((algorithm) => algorithm !== signature.algorithm)
      .map(
        (algorithm): Change => [
          algorithm,
          'algorithm',
          defineScheme({ ...scheme, signature: { ...(signature as HmacProof), algorithm } }),
        ],
      ),
  ]
}

const changes = schemes.flatMap((scheme) =>
  changesOf(scheme).map(([name, target, signedWith]) => ({ name, target, base: { scheme, signedWith } })),
)
const whole = { signed: compact, received: compact }

describe('another signed content or algorithm is proved', () => {
  test('by itself', async () => {
    const cases = changes.map(({ name, target, base }): Named => [name, [target], { ...base, ...whole }])

    expect(await unprovedOf(cases)).toEqual([])
  })

  test('with what happens to bodies', async () => {
    const cases = changes.flatMap(({ name, target, base }) =>
      bodyDamages.map(
        (damage): Named => [`${name}, ${damage.name}`, [target, 'body'], { ...base, ...damage }],
      ),
    )

    expect(await unprovedOf(everyNth(cases, 18))).toEqual([])
  })

  test('with what happens to secrets', async () => {
    const cases = changes.flatMap(({ name, target, base }) =>
      Object.entries(secretDamages).map(
        ([damage, configure]): Named => [
          `${name}, ${damage}`,
          [target, 'secret'],
          { ...base, ...whole, configured: configure(secretFor(base.scheme)) },
        ],
      ),
    )

    expect(await unprovedOf(everyNth(cases, 18))).toEqual([])
  })

  test('with what happens to headers', async () => {
    const cases = changes.flatMap(({ name, target, base }) =>
      Object.entries(headerDamages).map(
        ([damage, rewrite]): Named => [
          `${name}, ${damage}`,
          [target, 'header'],
          { ...base, ...whole, headers: (headers) => rewrite(headers, base.scheme) },
        ],
      ),
    )

    expect(await unprovedOf(everyNth(cases, 18))).toEqual([])
  })
})

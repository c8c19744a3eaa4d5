import { describe, expect, test } from 'vitest'
import { everyNth, schemes, secretFor, unprovedOf } from './support/composed.js'
import { bodyDamages, compact, headerDamages, secretDamages } from './support/composed-damages.js'

const all = schemes.flatMap((scheme) => bodyDamages.map((damage) => ({ scheme, damage })))

describe('what happens to bodies is proved', () => {
  test('by itself', async () => {
    const cases = all.map(({ scheme, damage }) => [damage.name, ['body'], { scheme, ...damage }] as const)

    expect(await unprovedOf(everyNth(cases, 30))).toEqual([])
  })

  test('with what happens to secrets', async () => {
    const cases = all.flatMap(({ scheme, damage }) =>
      Object.entries(secretDamages).map(
        ([name, configure]) =>
          [
            `${damage.name}, ${name}`,
            ['body', 'secret'],
            { scheme, ...damage, configured: configure(secretFor(scheme)) },
          ] as const,
      ),
    )

    expect(await unprovedOf(everyNth(cases, 30))).toEqual([])
  })

  test('with what happens to headers', async () => {
    const cases = all.flatMap(({ scheme, damage }) =>
      Object.entries(headerDamages).map(
        ([name, rewrite]) =>
          [
            `${damage.name}, ${name}`,
            ['body', 'header'],
            {
              scheme,
              ...damage,
              headers: (headers: Parameters<typeof rewrite>[0]) => rewrite(headers, scheme),
            },
          ] as const,
      ),
    )

    expect(await unprovedOf(everyNth(cases, 30))).toEqual([])
  })
})

test('what happens to secrets is proved with what happens to headers', async () => {
  const cases = schemes.flatMap((scheme) =>
    Object.entries(secretDamages).flatMap(([secretName, configure]) =>
      Object.entries(headerDamages).map(
        ([headerName, rewrite]) =>
          [
            `${secretName}, ${headerName}`,
            ['secret', 'header'],
            {
              scheme,
              signed: compact,
              received: compact,
              configured: configure(secretFor(scheme)),
              headers: (headers: Parameters<typeof rewrite>[0]) => rewrite(headers, scheme),
            },
          ] as const,
      ),
    ),
  )

  expect(await unprovedOf(everyNth(cases, 30))).toEqual([])
})

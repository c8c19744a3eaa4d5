import { describe, expect, test } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'
import { flawedAdapters } from './support/flawed-adapters.js'
import { type AdapterParts, soundParts } from './support/sound-adapter.js'
import { testParts } from './support/test-parts.js'

/** A hang is one after a moment already: that the sound adapter is not slower is another test's matter. */
const answerTimeoutMs = 600

describe.each(flawedAdapters)('an adapter that $flaw', ({ failing, parts }) => {
  test(`fails: ${failing}`, async () => {
    const flawed = await testParts({ ...soundParts, ...parts }, { answerTimeoutMs })
    await expect(flawed.run(failing)).rejects.toThrow(/^In the form "(answers|handles)": /)
  })
})

test('vectors find what no case looks for', async () => {
  const stripe = vectors.filter(({ file }) => file === 'stripe')
  const lenient: AdapterParts = {
    ...soundParts,
    toRequest: (request) => {
      const right = soundParts.toRequest(request)
      const headers = [...(right.headers as Iterable<[string, string]>)]
      return {
        ...right,
        headers: headers.map(([name, value]) => [name, value.replace(/[^\x21-\x7e]/g, '')] as const),
      }
    },
  }
  const found = (await testParts(lenient, { vectors: stripe })).run('vectors: stripe')
  await expect(found).rejects.toThrow(/stripe tcId \d+ \(.*\): stated .*, found /)
  await (await testParts(soundParts, { vectors: stripe })).run('vectors: stripe')
})

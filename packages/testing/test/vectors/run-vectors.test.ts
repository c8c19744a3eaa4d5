import { verify, WebhookVerificationError } from '@countersign/core'
import { runVector, runVectors } from '@countersign/testing'
import { expect, test } from 'vitest'
import { vectors } from '../../../../test/support/committed-vectors.js'

const some = vectors.filter(({ file }) => file === 'visibuild')
const invalid = some.filter(({ result }) => result === 'invalid')

test('a verifier that accepts everything fails every invalid vector', async () => {
  const [honest] = some
  if (!honest) throw new Error('no vectors')
  const acceptAll: typeof verify = async () => {
    const { delivery } = honest
    return { ...delivery } as never
  }
  const { failed } = await runVectors(some, { verify: acceptAll })
  const missed = failed.filter(({ vector }) => vector.result === 'invalid')
  expect(missed).toHaveLength(invalid.length)
})

test('a verifier that refuses everything for one reason fails all vectors but those of that reason', async () => {
  const refuseAll: typeof verify = async () => {
    throw new WebhookVerificationError('ERR_WEBHOOK_SIGNATURE_MISMATCH', 'no')
  }
  const { passed, failed } = await runVectors(some, { verify: refuseAll })
  const mismatches = some.filter(({ code }) => code === 'ERR_WEBHOOK_SIGNATURE_MISMATCH')
  expect(passed).toBe(mismatches.length)
  expect(failed).toHaveLength(some.length - mismatches.length)
})

test('a verifier that forgets authenticity, or the secret that matched, fails', async () => {
  const stale = some.find(({ code }) => code === 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD')
  const rotated = some.find(({ delivery }) => delivery?.secretId === '1')
  if (!stale || !rotated) throw new Error('no such vectors')
  const forgetful: typeof verify = async (request, options) => {
    const delivery = await verify(request, options).catch(({ code }) => {
      throw new WebhookVerificationError(code, 'not authentic')
    })
    return { ...delivery, secretId: '0' }
  }
  expect((await runVector(stale, { verify: forgetful })).passed).toBe(false)
  expect((await runVector(rotated, { verify: forgetful })).passed).toBe(false)
  expect((await runVector(stale)).passed).toBe(true)
  expect((await runVector(rotated)).passed).toBe(true)
})

test('a verifier that throws something else fails, and the report says where', async () => {
  const broken: typeof verify = async () => {
    throw new TypeError('oops')
  }
  const [vector] = invalid
  if (!vector) throw new Error('no vectors')
  const { passed, difference } = await runVector(vector, { verify: broken })
  expect(passed).toBe(false)
  expect(difference).toContain(
    `visibuild tcId ${vector.tcId} (${vector.comment}): stated {"result":"invalid"`,
  )
  expect(difference).toContain('TypeError: oops')
})

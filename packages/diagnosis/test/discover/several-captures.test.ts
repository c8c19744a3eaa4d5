import { discover } from '@countersign/diagnosis'
import { expect, test } from 'vitest'
import { secret, signByHand } from './support/sign-by-hand.js'

const seconds = '1773738000'

/** A sender that signs `X-Acme-Message-Id`, and has another header with an id beside it. */
function delivery(id: string, otherId: string, body?: string) {
  return signByHand({
    headers: { 'X-Acme-Message-Id': id, 'X-Acme-Delivery-Id': otherId, 'X-Acme-Timestamp': seconds },
    header: 'X-Acme-Signature',
    content: (parts) => `${id}.${seconds}.${parts.body}`,
    ...(body !== undefined && { body }),
  })
}

test('of one capture, every header with the signed value is a candidate; a second capture leaves one', async () => {
  const first = delivery('msg-100001', 'msg-100001')
  const second = delivery('msg-100002', 'other-7', '{"order":18}')

  const ofOne = await discover([first], { secret })
  const ofTwo = await discover([first, second], { secret })

  expect(ofOne.candidates.map(({ scheme }) => scheme.deliveryId)).toEqual([
    { header: 'X-Acme-Message-Id' },
    { header: 'X-Acme-Delivery-Id' },
  ])
  expect(ofTwo.candidates.map(({ scheme }) => scheme.deliveryId)).toEqual([{ header: 'X-Acme-Message-Id' }])
})

test('of two equal times the one in the header of the signature comes first', async () => {
  const capture = signByHand({
    headers: { 'X-Acme-Timestamp': seconds },
    header: 'X-Acme-Signature',
    value: (signature) => `t=${seconds},v1=${signature}`,
    content: ({ body }) => `${seconds}.${body}`,
  })

  const { candidates } = await discover([capture], { secret })

  expect(candidates.map(({ scheme }) => scheme.timestamp)).toEqual([
    { header: 'X-Acme-Signature', key: 't', unit: 's' },
    { header: 'X-Acme-Timestamp', unit: 's' },
  ])
})

test('where the second capture has another form, the list shows', async () => {
  const signed = (body: string, old: boolean) =>
    signByHand({
      header: 'X-Acme-Signature',
      value: (signature) => (old ? `v1=${signature},v1=${'0'.repeat(64)}` : `v1=${signature}`),
      content: (parts) => parts.body,
      body,
    })

  const { candidates } = await discover([signed('{"order":1}', false), signed('{"order":2}', true)], {
    secret,
  })

  expect(candidates[0]?.unknown).not.toContain('signature.list')
  expect(candidates[0]?.scheme.signature).toMatchObject({ encoding: 'hex' })
})

test('an id that stays the same while the body changes is guessed for nothing', async () => {
  const signed = (body: string) =>
    signByHand({
      headers: { 'X-Acme-Webhook-Id': 'wh-77' },
      header: 'X-Acme-Signature',
      content: (parts) => parts.body,
      body,
    })
  const bodies = ['{"event_id":"evt_1","type":"a"}', '{"event_id":"evt_1","type":"b"}']

  const ofOne = await discover([signed(bodies[0] as string)], { secret })
  const ofTwo = await discover(bodies.map(signed), { secret })

  expect(ofOne.candidates[0]?.scheme).toMatchObject({
    deliveryId: { header: 'X-Acme-Webhook-Id' },
    eventId: { json: '/event_id' },
  })
  expect(ofTwo.candidates[0]?.scheme.deliveryId).toBeUndefined()
  expect(ofTwo.candidates[0]?.scheme.eventId).toBeUndefined()
  expect(ofTwo.candidates[0]?.unknown).toContain('identity')
})

test('a capture with another secret is named', async () => {
  const other = signByHand({
    header: 'X-Acme-Signature',
    content: ({ body }) => body,
    key: 'another secret altogether',
    body: '{"order":17,"note":"a longer body, so that the other is searched"}',
  })
  const ours = signByHand({ header: 'X-Acme-Signature', content: ({ body }) => body, body: '{"order":18}' })

  const { candidates, refusals, effort } = await discover([ours, other], { secret })

  expect(candidates).toEqual([])
  expect(refusals).toEqual([
    '"X-Acme-Signature" is the MAC of "{body}", but verify() refuses capture 2: No secret gives this signature for these bytes: another secret, or a body changed on its way.',
  ])
  expect(effort.digests).toBeLessThan(50_000)
})

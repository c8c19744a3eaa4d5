import type { SchemeDescriptor } from '@countersign/core'
import type { GroupDraft } from '../case-draft.js'
import { answersOf } from '../publication.js'

const signed = (value: string) => [['X-Signature', value]] as const

export function outpostAnswers(scheme: SchemeDescriptor): readonly GroupDraft[] {
  const outpost = answersOf({
    scheme,
    secret: 'test-secret',
    source: 'hookdeck/outpost, internal/destregistry/providers/destwebhook/signature_test.go',
  })
  const mac = '7054f74dae9f73e82b56ca73e8f81450097c698eeda0b00bb8728e89796baf2d'
  const time = 1_234_567_890_000
  const answer = (comment: string, value: string, now = time) => ({
    comment,
    headers: signed(value),
    body: '{"hello":"world"}',
    now,
  })
  const delivery = { timestamp: time }
  return [
    outpost.group(
      outpost.valid(answer('one signature', `t=1234567890,v0=${mac}`), delivery),
      outpost.valid(answer('after a newer secret’s', `t=1234567890,v0=${'0'.repeat(64)},${mac}`), delivery),
      outpost.valid(
        answer('with id and topic beside it', `t=1234567890,id=test-id,topic=test-topic,v0=${mac}`),
        delivery,
      ),
      outpost.mismatch(answer('a second later', `t=1234567891,v0=${mac}`)),
    ),
  ]
}

export function recurlyAnswers(scheme: SchemeDescriptor): readonly GroupDraft[] {
  const recurly = answersOf({
    scheme,
    secret: '354fab5bd35f5a0d50845ee7e30165244468b13c2c343f104e4e730a59326d9d',
    source: 'recurly/recurly-client-ruby, spec/recurly/webhooks_spec.rb',
  })
  const mac = 'ad24699f3beaa24c9af2cc7ada3ce4c835da0090194241b9d3add83d27f14bc3'
  const time = 1_663_103_925_004
  const body =
    '{"id":"rjxwmwedwqug","object_type":"account","site_id":"qc326l1hl8k9","event_type":"created","event_time":"2022-09-13T21:18:40Z","account_code":"adfas23zzz14123"}'
  const answer = (comment: string, value: string, now = time) => ({
    comment,
    headers: signed(value),
    body,
    now,
  })
  const delivery = { id: 'rjxwmwedwqug', timestamp: time }
  return [
    recurly.group(
      recurly.valid(answer('one signature', `1663103925004,${mac}`), delivery),
      recurly.valid(answer('after one that is none', `1663103925004,de1ec7ab1e,${mac}`), delivery),
      recurly.mismatch(answer('a second later', `1663103926004,${mac}`)),
      recurly.malformed(answer('no signature', '1663103925004,')),
      recurly.stale(answer('more than five minutes old', `1663103925004,${mac}`, time + 300_001)),
    ),
  ]
}

export function boxAnswers(scheme: SchemeDescriptor): readonly GroupDraft[] {
  const source = 'box/box-node-sdk, tests/lib/managers/webhooks-test.js'
  const time = 1_577_862_000_000
  const answer = (comment: string, primary: string | undefined, secondary: string | undefined) => ({
    comment,
    headers: [
      ['X-Timestamp', '2020-01-01T00:00:00-07:00'] as const,
      ...(primary === undefined ? [] : [['X-Signature-Primary', primary] as const]),
      ...(secondary === undefined ? [] : [['X-Signature-Secondary', secondary] as const]),
    ],
    body: '{"type":"webhook_event","webhook":{"id":"1234567890"},"trigger":"FILE.UPLOADED","source":{"id":"1234567890","type":"file","name":"Test.txt"}}',
    now: time,
  })
  const byPrimary = '6TfeAW3A1PASkgboxxA5yqHNKOwFyMWuEXny/FPD5hI='
  const bySecondary = 'v+1CD1Jdo3muIcbpv5lxxgPglOqMfsNHPV899xWYydo='
  const delivery = { event: 'webhook_event', timestamp: time }
  return ['SamplePrimaryKey', 'SampleSecondaryKey', 'IncorrectKey'].map((secret, index) => {
    const box = answersOf({ scheme, secret, source })
    const both = answer('signed with both keys', byPrimary, bySecondary)
    if (secret === 'IncorrectKey') return box.group(box.mismatch(both))
    const only = index === 0 ? answer('alone', byPrimary, undefined) : answer('alone', undefined, bySecondary)
    return box.group(box.valid(both, delivery), box.valid(only, delivery))
  })
}

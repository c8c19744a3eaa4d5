import type { SchemeDescriptor } from '@countersign/core'
import type { GroupDraft } from '../case-draft.js'
import { answersOf } from '../publication.js'

/** Header names are not signed, so these signatures are also valid under a generic name. */
const signed = (value: string) => [['X-Signature', value]] as const

export function circleCiAnswers(scheme: SchemeDescriptor): readonly GroupDraft[] {
  const source = 'circleci/circleci-docs, docs/guides/modules/integration/pages/outbound-webhooks.adoc'
  const first = answersOf({ scheme, secret: 'secret', source })
  const second = answersOf({ scheme, secret: 'hunter123', source })
  return [
    first.group(
      first.unparsable({
        comment: 'hello world, which is no JSON',
        headers: signed('v1=734cc62f32841568f45715aeb9f4d7891324e6d948e4c6c60c0621cdac48623a'),
        body: 'hello world',
      }),
      first.malformed({
        comment: 'hello world, under another version',
        headers: signed('v0=734cc62f32841568f45715aeb9f4d7891324e6d948e4c6c60c0621cdac48623a'),
        body: 'hello world',
      }),
    ),
    second.group(
      second.unparsable({
        comment: 'a payload that is no JSON',
        headers: signed('v1=9be2242094a9a8c00c64306f382a7f9d691de910b4a266f67bd314ef18ac49fa'),
        body: 'an-important-request-payload',
      }),
    ),
  ]
}

export function paddleAnswers(scheme: SchemeDescriptor): readonly GroupDraft[] {
  const source = 'PaddleHQ/paddle-node-sdk, src/__tests__/notifications/webhooks-validator.node.test.ts'
  const paddle = answersOf({ scheme, secret: 'VALID_SECRET', source })
  const other = answersOf({ scheme, secret: 'INVALID_VALID_SECRET', source })
  const time = 1_698_796_800_000
  const answer = (comment: string, body: string, now = time) => ({
    comment,
    headers: signed('ts=1698796800;h1=a300428748dce5c70e4da19bffd60769591ea969c99dea3105d0ec9612cf43f9'),
    body,
    now,
  })
  return [
    paddle.group(
      paddle.valid(answer('a small body', '{"data": ["1", "2"]}'), { timestamp: time }),
      paddle.mismatch(answer('the same JSON with other blanks', '{ "data": [ "1", "2" ]}')),
      paddle.stale(answer('301 seconds old', '{"data": ["1", "2"]}', time + 301_000)),
    ),
    other.group(other.mismatch(answer('another secret', '{"data": ["1", "2"]}'))),
  ]
}

export function sanityAnswers(scheme: SchemeDescriptor): readonly GroupDraft[] {
  const sanity = answersOf({
    scheme,
    secret: 'test',
    source: 'sanity-io/webhook-toolkit, test/signature.test.ts',
  })
  const time = 1_633_519_811_129
  const answer = (comment: string, t: number, body: string) => ({
    comment,
    headers: signed(`t=${t},v1=tLa470fx7qkLLEcMOcEUFuBbRSkGujyskxrNXcoh0N0`),
    body,
    now: time,
  })
  return [
    sanity.group(
      sanity.valid(answer('a small body', time, '{"_id":"resume"}'), { timestamp: time }),
      sanity.mismatch(answer('a millisecond earlier than signed', time - 1, '{"_id":"resume"}')),
      sanity.mismatch(answer('another body', time, '{"_id":"structure"}')),
    ),
  ]
}

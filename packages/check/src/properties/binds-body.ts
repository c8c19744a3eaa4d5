import type { SignedRequest } from '@countersign/testing'
import { tamperBody } from '@countersign/testing'
import { signsBody } from '../deliveries/scheme-traits.js'
import type { Examination, Probe, SentProbe } from '../examination.js'
import { judgeRefused } from '../judge-replies.js'
import { notApplicable, type Property } from '../property.js'

/** Every change here changes the payload; `verifies-raw-bytes` tries changes of layout. */
export const bindsBody: Property = {
  name: 'binds-body',
  says: 'refuses a body that was not signed',
  hiddenBy: ['accepts-forged'],
  judge: async (examination) => {
    const { scheme, deliveries } = examination
    if (!signsBody(scheme)) return notApplicable('the proof does not cover the body')
    if (deliveries.make().method === 'GET') return notApplicable('deliveries have no body')
    return judgeRefused(
      examination,
      await examination.sendAllInvalid(probesFor(examination, await examination.freshDeliveries())),
      'accepts-tampered-body',
    )
  },
}

function probesFor({ deliveries }: Examination, [handled]: readonly SentProbe[]): readonly Probe[] {
  const withBody = (body: (request: SignedRequest) => Uint8Array | string) => {
    const request = deliveries.make()
    return { ...request, body: Buffer.from(body(request)) }
  }
  const another = () => deliveries.form.write(deliveries.payload())
  return [
    { what: 'one bit flipped', request: tamperBody(deliveries.make()) },
    { what: 'the body of another delivery', request: withBody(another) },
    ...(handled
      ? [
          {
            what: 'another body with the signature of a handled delivery',
            request: { ...handled.request, body: Buffer.from(another()) },
          },
        ]
      : []),
    {
      what: 'an extra field',
      request: withBody(({ body }) => Buffer.from(body).toString('utf8').replace('{', '{"amount":1,')),
    },
    {
      what: 'a digit changed',
      request: withBody(({ body }) =>
        Buffer.from(body)
          .toString('utf8')
          .replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
      ),
    },
    { what: 'half the body', request: withBody(({ body }) => body.slice(0, body.length >> 1)) },
    { what: 'no body', request: withBody(() => '') },
    {
      what: 'a signature over the empty body',
      request: { ...deliveries.make({ form: { what: '', write: () => '' } }), body: Buffer.from(another()) },
    },
  ]
}

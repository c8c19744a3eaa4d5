import type { SignedRequest } from '@countersign/testing'
import { tamperBody } from '@countersign/testing'
import { signsBody } from '../deliveries/scheme-traits.js'
import type { Examination, Probe, Tried } from '../examination.js'
import { judgeRefused } from '../judge-replies.js'
import { notApplicable, type Property } from '../property.js'

/** No change here is one of layout alone: `verifies-raw-bytes` has those. */
export const bindsBody: Property = {
  name: 'binds-body',
  says: 'refuses a body that is not the signed one',
  hiddenBy: ['accepts-forged'],
  judge: async (examination) => {
    const { scheme, deliveries } = examination
    if (!signsBody(scheme)) return notApplicable('the proof covers no body')
    if (deliveries.make().method === 'GET') return notApplicable('deliveries have no body')
    return judgeRefused(
      examination,
      await examination.allRefused(probesFor(examination, await examination.fresh())),
      'accepts-tampered-body',
    )
  },
}

function probesFor({ deliveries }: Examination, [handled]: readonly Tried[]): readonly Probe[] {
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
      what: 'one field more',
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
      what: 'a signature of the empty body',
      request: { ...deliveries.make({ form: { what: '', write: () => '' } }), body: Buffer.from(another()) },
    },
  ]
}

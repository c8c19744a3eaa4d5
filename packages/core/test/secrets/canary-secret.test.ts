import { inspect } from 'node:util'
import { createReceiver } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { expect, it } from 'vitest'
import { signed } from '../support/secrets.js'

it('a canary secret appears in no error, receiver, hook, warning or response', async () => {
  const canary = 'canary-0123456789-canary-0123456789'
  const spellings = [
    canary,
    Buffer.from(canary).toString('base64'),
    Buffer.from(canary).toString('hex'),
    encodeURIComponent(canary),
  ]
  const said: unknown[] = []
  const note = (info: unknown) => void said.push(info)
  const receiver = createReceiver({
    scheme: visibuild(),
    secret: [canary, 'short'],
    exposeReason: true,
    onVerified: note,
    onRejected: note,
    onHandled: note,
    onWarning: note,
  })
  said.push(receiver, await receiver.receive(signed(canary), () => undefined))
  said.push(await receiver.verify(signed(canary)).catch((error: unknown) => error))
  const text = said
    .map((one) => `${inspect(one, { depth: 9, showHidden: true })}${JSON.stringify(one)}`)
    .join()
  for (const spelling of spellings) expect(text).not.toContain(spelling)
})

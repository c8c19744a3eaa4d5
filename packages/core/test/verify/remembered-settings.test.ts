import { verify } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { expect, it } from 'vitest'
import { code, now } from '../support/requests.js'
import { secret, visibuildDelivery } from '../support/visibuild-delivery.js'

it('changed options apply to the next call, although settings are cached', async () => {
  const scheme = visibuild()
  const request = visibuildDelivery()
  await expect(verify(request, { scheme, secret, now })).resolves.toBeDefined()
  await expect(verify(request, { scheme, secret: `${secret}x`, now })).rejects.toEqual(
    code('SIGNATURE_MISMATCH'),
  )
  await expect(verify(request, { scheme, secret, now: () => 0 })).rejects.toEqual(code('TIMESTAMP_TOO_NEW'))
  const list = [secret]
  await expect(verify(request, { scheme, secret: list, now })).resolves.toBeDefined()
  list[0] = `${secret}x`
  await expect(verify(request, { scheme, secret: list, now })).rejects.toEqual(code('SIGNATURE_MISMATCH'))
})

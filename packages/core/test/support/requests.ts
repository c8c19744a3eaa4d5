import { createHmac } from 'node:crypto'
import type { WebhookRequest } from '@countersign/core'
import type { HeadersInput } from '@countersign/core/adapter'
import { visibuild } from '@countersign/core/schemes'
import { expect } from 'vitest'
import { nowMs, secret } from './visibuild-delivery.js'

export const now = () => nowMs
export const options = { scheme: visibuild(), secret, now }
export const code = (reason: string) => expect.objectContaining({ code: `ERR_WEBHOOK_${reason}` })

export const mac = (content: string | Uint8Array, key: string | Uint8Array = secret, algorithm = 'sha256') =>
  createHmac(algorithm, key).update(content)

export const post = (headers: HeadersInput, body: string | Uint8Array = '{}', url = '/'): WebhookRequest => ({
  method: 'POST',
  url,
  headers,
  body: Buffer.from(body),
})

import type { Scheme, SecretInput } from '@countersign/core'
import { embeddable, fingerprintingApi, scratcher, visibuild, visisto } from '@countersign/core/schemes'

export function listSenders(): readonly { readonly scheme: Scheme; readonly secret: SecretInput }[] {
  return [
    { scheme: visisto(), secret: read('VISISTO_SECRET') },
    { scheme: fingerprintingApi({ event: 'NEW_VISIT' }), secret: read('FINGERPRINTING_API_SECRET') },
    { scheme: embeddable(), secret: read('EMBEDDABLE_SECRET') },
    { scheme: visibuild(), secret: read('VISIBUILD_SECRET') },
    {
      scheme: scratcher(),
      secret: { username: read('SCRATCHER_USERNAME'), password: read('SCRATCHER_PASSWORD') },
    },
  ]
}

function read(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; set it to the value in the sender's settings.`)
  return value
}

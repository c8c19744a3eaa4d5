import { createHmac } from 'node:crypto'
import { verify } from '@countersign/core'
import { hmacScheme } from '@countersign/core/schemes'
import { describe, expect, it } from 'vitest'

const header = 'x-signature'
const secret = 'a-signing-secret-of-32-characters'
const body = '{"id":"evt_1"}'
const seconds = 1_773_738_000
const scheme = hmacScheme({
  name: 'pair-values',
  header,
  pairs: { separator: ';', key: 'signatures', values: { separator: ',' } },
  signedContent: '{timestamp}.{body}',
  timestamp: { header, key: 'timestamp', unit: 's' },
})
const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
const wrong = '0'.repeat(64)
const time = `timestamp=${seconds}`

const verifying = (value: string) =>
  verify(
    { method: 'POST', url: '/', headers: { [header]: value }, body: Buffer.from(body) },
    { scheme, secret, now: () => seconds * 1000 },
  )

/** `timestamp=...;signatures=a,b`, which Hookdeck Outpost can be configured to write. */
describe('values with another separator than the pairs', () => {
  it.each([
    `${time};signatures=${mac}`,
    `${time};signatures=${wrong},${mac}`,
    `signatures=${mac},${wrong};${time}`,
  ])('%s', async (value) => {
    await expect(verifying(value)).resolves.toMatchObject({ timestamp: seconds * 1000 })
  })

  it.each([
    ['two headers, joined', `${time};signatures=${wrong}, ${time};signatures=${mac}`],
    ['two headers, joined without a blank', `${time};signatures=${wrong},${time};signatures=${mac}`],
    ['another time behind the values', `${time};signatures=${mac},timestamp=1`],
    ['two values for the time', `${time},1;signatures=${mac}`],
    ['the time twice', `${time};signatures=${mac};${time}`],
  ])('refuses %s', async (_, value) => {
    await expect(verifying(value)).rejects.toMatchObject({ code: 'ERR_WEBHOOK_HEADER_AMBIGUOUS' })
  })

  it('refuses 17 values', async () => {
    const value = `${time};signatures=${[...Array(16).fill(wrong), mac].join(',')}`
    await expect(verifying(value)).rejects.toMatchObject({ code: 'ERR_WEBHOOK_HEADER_MALFORMED' })
  })
})

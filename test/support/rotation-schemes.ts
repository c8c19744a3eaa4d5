import { type HmacSchemeOptions, hmacScheme } from '@countersign/core/schemes'

const header = 'X-Signature'
const names = { eventId: { json: '/id' }, eventType: { json: '/type' } }
const timed = { ...names, header, signedContent: '{timestamp}.{body}' }

/** The formats in which a sender puts several signatures into a request. */
export const rotationSchemes = (
  [
    {
      ...timed,
      name: 'pair-groups',
      pairs: { separator: ',', key: 'v1', groups: { separator: ' ' } },
      timestamp: { header, key: 't', unit: 's' },
    },
    {
      ...timed,
      name: 'pair-values',
      pairs: { separator: ',', key: 'v0', values: { separator: ',' } },
      timestamp: { header, key: 't', unit: 's' },
    },
    {
      ...timed,
      name: 'pair-names',
      pairs: { separator: ',', key: 'v1', moreKeys: ['v2'] },
      timestamp: { header, key: 't', unit: 's' },
    },
    {
      ...timed,
      name: 'time-in-list',
      list: { separator: ',' },
      timestamp: { header, position: 0, unit: 'ms' },
    },
    {
      ...names,
      name: 'numbered-headers',
      header: 'X-Signature-1',
      moreHeaders: 'numbered',
      encoding: 'base64',
    },
    {
      ...names,
      name: 'second-header',
      header: 'X-Primary-Signature',
      moreHeaders: ['X-Secondary-Signature'],
    },
    { ...names, name: 'repeated-header', header, prefix: 'sha256=', repeats: true },
  ] satisfies HmacSchemeOptions[]
).map((options) => hmacScheme(options))

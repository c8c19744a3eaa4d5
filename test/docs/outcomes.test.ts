import type { Outcome, ReceiverOptions } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { expect, test } from 'vitest'
import { resolveReceiverSettings } from '../../packages/core/src/settings/receiver-settings.js'
import { buildResponse } from '../../packages/core/src/steps/build-response.js'
import { readPage } from './read-blocks.js'
import { environment } from './senders.js'

const types: Readonly<Record<Outcome['type'], true>> = {
  processed: true,
  accepted: true,
  ignored: true,
  duplicate: true,
  conflict: true,
  held: true,
  'in-progress': true,
  'handler-failed': true,
  'failed-for-good': true,
  exhausted: true,
  refused: true,
  unavailable: true,
  misconfigured: true,
}
const rows = new Map(
  [...readPage('docs/outcomes.md').matchAll(/^\| `([a-z-]+)` \| [^|]+ \| ([^|]+) \|$/gm)].map(
    ([, type, status]) => [type, status],
  ),
)

function responseTo(type: Outcome['type'], options: Partial<ReceiverOptions> = {}) {
  const scheme = visibuild()
  return buildResponse(
    { type },
    false,
    resolveReceiverSettings({ scheme, secret: environment.VISIBUILD_SECRET, ...options }),
  )
}

test.each(Object.keys(types) as Outcome['type'][])('docs/outcomes.md says how %s is answered', (type) => {
  const stated = rows.get(type)
  const { status, headers } = responseTo(type)
  expect(stated).toMatch(new RegExp(`^${status}\\b`))
  expect(stated?.includes('Retry-After')).toBe('retry-after' in headers)
})

test('docs/outcomes.md says what the options change', () => {
  expect(rows.get('conflict')).toContain(`${responseTo('conflict', { conflictStatus: 409 }).status} with`)
  expect(rows.get('in-progress')).toContain(
    `${responseTo('in-progress', { inProgressStatus: 409 }).status} with`,
  )
})

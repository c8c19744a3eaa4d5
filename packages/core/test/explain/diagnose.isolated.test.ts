import { WebhookVerificationError } from '@countersign/core'
import { visibuild } from '@countersign/core/schemes'
import { beforeEach, expect, it, vi } from 'vitest'
import type { ExplainModule, Finding } from '../../src/explain/explanation.js'
import { watchRequest } from '../../src/explain/watch-request.js'
import { resolveReceiverSettings } from '../../src/settings/receiver-settings.js'
import { nowMs, secret, visibuildDelivery } from '../support/visibuild-delivery.js'

const hint: Finding = {
  cause: 'secret.other',
  target: 'secret',
  level: 'hint',
  advice: 'Compare the secrets.',
}
const cutOff = { verdict: 'unexplained', findings: [hint], searchedWhole: false } as const
const proof: Finding = { ...hint, level: 'proof' }
const found = { verdict: 'explained', findings: [proof], searchedWhole: false } as const

const settings = resolveReceiverSettings({ scheme: visibuild(), secret })
const explain = vi.fn<ExplainModule['explain']>()

/** What a process that has just started says. */
async function startProcess() {
  vi.resetModules()
  const { diagnose } = await import('../../src/explain/diagnose.js')
  const watched = watchRequest(visibuildDelivery(), settings.verification)
  const error = new WebhookVerificationError('ERR_WEBHOOK_SIGNATURE_MISMATCH', 'refused')
  return () => diagnose(watched, error, nowMs, { explain }, settings)
}

beforeEach(() => void explain.mockReset())

it('searches again if the first search of the process was cut off while the engine compiled it', async () => {
  const next = await startProcess()
  explain.mockResolvedValueOnce(cutOff).mockResolvedValueOnce(found)
  expect((await next()).findings).toEqual([proof])
  explain.mockResolvedValue(cutOff)
  expect((await next()).findings).toEqual([hint])
  expect(explain).toHaveBeenCalledTimes(3)
})

it.each([
  ['found the reason', found],
  ['had the time to try all', { ...cutOff, searchedWhole: true }],
])('does not search again if the first search %s', async (_, first) => {
  const next = await startProcess()
  explain.mockResolvedValue(first)
  await next()
  explain.mockResolvedValue(cutOff)
  await next()
  expect(explain).toHaveBeenCalledTimes(2)
})

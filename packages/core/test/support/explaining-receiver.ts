import { createReceiver, type ReceiverOptions, type WebhookRequest } from '@countersign/core'
import { type VisibuildEvent, visibuild } from '@countersign/core/schemes'
import { createFakeClock } from '@countersign/testing'
import { expect, vi } from 'vitest'
import type { ExplainModule, Finding } from '../../src/explain/explanation.js'
import { neverRuns, nowMs, secret, visibuildDelivery } from './visibuild-delivery.js'

export const proof: Finding = {
  cause: 'body.trailing-newline-added',
  target: 'body',
  level: 'proof',
  advice: 'Take the newline away.',
}

export const explain = vi.fn<ExplainModule['explain']>()

/** By then every answer has left; the search is done, and its pause is over. */
export const answerMs = 100

export const turnMs = answerMs + 1_000

export function setUp(options: Partial<ReceiverOptions<VisibuildEvent>> = {}) {
  const clock = createFakeClock({ now: nowMs })
  const onWarning = vi.fn<(message: string) => void>()
  const receiver = createReceiver({
    endpoint: 'tickets',
    scheme: visibuild(),
    secret,
    clock,
    explain: true,
    logRefusals: false,
    onWarning,
    ...options,
  })
  const refuse = async (request: WebhookRequest) => {
    const outcome = await receiver.receive(request, neverRuns)
    expect(outcome.type).toBe('refused')
    return outcome
  }
  return { receiver, refuse, clock, lines: () => onWarning.mock.calls.map(([line]) => line) }
}

export const bySecret = (): string => secret
export const forged = (parts = {}) =>
  visibuildDelivery({ signWith: 'another-secret-of-32-characters!', ...parts })

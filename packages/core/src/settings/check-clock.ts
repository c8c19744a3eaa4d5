import { WebhookConfigurationError } from '../errors.js'
import type { Clock } from '../options.js'

/**
 * The same clock, which refuses to give anything but finite numbers. Comparisons with NaN are false: a clock that gave one
 * would let every age pass and never end a secret or a lease.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` at once where it is no clock; its readings throw it later
 */
export function checkClock({
  now,
  clock,
}: {
  readonly now: (() => number) | undefined
  readonly clock: Clock
}): Clock {
  for (const method of ['now', 'monotonic', 'setTimer'] as const)
    if (typeof clock?.[method] !== 'function') throw wrong(`clock.${method} must be a function`)
  if (now !== undefined && typeof now !== 'function') throw wrong('now must be a function')
  const checked: Clock = {
    now: now ? () => finite('now', now()) : () => finite('clock.now', clock.now()),
    monotonic: () => finite('clock.monotonic', clock.monotonic()),
    setTimer: (callback, ms) => clock.setTimer(callback, ms),
  }
  checked.now()
  checked.monotonic()
  return checked
}

function finite(name: string, time: unknown): number {
  if (typeof time === 'number' && Number.isFinite(time)) return time
  const given = time instanceof Promise ? 'a promise' : typeof time === 'number' ? String(time) : typeof time
  throw wrong(`${name} gave ${given} instead of a finite number of milliseconds`)
}

function wrong(problem: string): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    `${problem}; it must return milliseconds at once, as Date.now does.`,
  )
}

import { WebhookConfigurationError } from '../errors.js'
import type { Clock } from '../options.js'

/**
 * Wraps a clock so that it throws unless it returns a finite number. Comparisons with NaN are false: with such a clock every
 * timestamp would be accepted, and no secret or lease would expire.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` if it is not a clock; the returned clock throws it too
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
  throw wrong(`${name} returned ${given} instead of a finite number of milliseconds`)
}

function wrong(problem: string): WebhookConfigurationError {
  return new WebhookConfigurationError(
    'ERR_WEBHOOK_OPTION_INVALID',
    `${problem}; it must return milliseconds at once, as Date.now does.`,
  )
}

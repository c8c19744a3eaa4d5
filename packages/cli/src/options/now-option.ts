import { type Command, InvalidArgumentError } from 'commander'

/**
 * Adds `--now`, for captures that are older than the tolerance.
 *
 * @param purpose for the help
 * @returns the clock, in milliseconds since the epoch
 */
export function addNowOption(
  command: Command,
  purpose = 'the current time, to check timestamps against',
): () => number {
  command.option('--now <seconds>', `${purpose}, seconds since the epoch (default: now)`, parseTime)
  return () => {
    const { now }: { now?: number } = command.opts()
    return now ?? Date.now()
  }
}

/** The year 5138. Larger numbers are milliseconds, as `Date.now()` returns them. */
const maxSeconds = 99_999_999_999

function parseTime(text: string): number {
  if (!/^\d{1,15}(\.\d{1,9})?$/.test(text))
    throw new InvalidArgumentError('Give seconds since the epoch, for example 1767225600.')
  const seconds = Number(text)
  if (seconds > maxSeconds) throw new InvalidArgumentError('These are milliseconds; give seconds.')
  return Math.round(seconds * 1000)
}

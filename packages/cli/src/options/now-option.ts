import { type Command, InvalidArgumentError } from 'commander'

/**
 * Adds `--now`, for captures of another day.
 *
 * @param purpose for the help
 * @returns the clock, milliseconds since the epoch
 */
export function addNowOption(command: Command, purpose = 'the time to judge by'): () => number {
  command.option('--now <seconds>', `${purpose}, seconds since the epoch (default: now)`, parseTime)
  return () => {
    const { now }: { now?: number } = command.opts()
    return now ?? Date.now()
  }
}

/** Thirteen digits are milliseconds, as `Date.now()` gives them: taken for seconds, they lie beyond the year 30,000. */
const maxSeconds = 99_999_999_999

function parseTime(text: string): number {
  if (!/^\d{1,15}(\.\d{1,9})?$/.test(text))
    throw new InvalidArgumentError('It takes seconds since the epoch, as 1767225600.')
  const seconds = Number(text)
  if (seconds > maxSeconds) throw new InvalidArgumentError('These are milliseconds; it takes seconds.')
  return Math.round(seconds * 1000)
}

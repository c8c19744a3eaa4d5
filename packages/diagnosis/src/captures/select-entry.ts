import { type Capture, CaptureError } from './capture.js'

const maxListed = 10

/**
 * One of a file's captures: the one asked for, else the only one, else the only one with a body.
 *
 * @throws CaptureError that lists the numbers to choose from
 */
export function selectEntry(captures: readonly Capture[], entry: number | undefined): Capture {
  if (entry !== undefined) {
    const chosen = captures[entry - 1]
    if (chosen) return chosen
    throw new CaptureError(
      captures.length === 1
        ? `there is no entry ${entry}; the file holds one`
        : `there is no entry ${entry}; the file holds entries 1 to ${captures.length}`,
    )
  }
  const [only] = captures
  if (only && captures.length === 1) return only
  const numbered = captures.map((capture, index) => ({ capture, number: index + 1 }))
  const withBody = numbered.filter(({ capture }) => capture.body.length > 0)
  const [first] = withBody
  if (first && withBody.length === 1) return first.capture
  const numbers = (withBody.length > 0 ? withBody : numbered).map(({ number }) => number)
  const listed = numbers.length > maxListed ? [...numbers.slice(0, maxListed), '...'] : numbers
  throw new CaptureError(
    `the file holds ${captures.length} requests; choose one by its number (${listed.join(', ')})`,
  )
}

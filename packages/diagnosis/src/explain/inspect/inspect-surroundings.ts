import { textOf } from '../../recompute/body-variants/undo.js'
import { describeTime, isPlainTime } from '../../recompute/read-moment.js'
import { timesOf } from '../../recompute/templates-of.js'
import type { Clue, Scene } from './clue.js'

const usualMaxBodyBytes = 1_048_576

/** What else tells: a missing time, a local host, a mode, and at the end what cannot be excluded. */
export function inspectSurroundings(scene: Scene): readonly Clue[] {
  const { capture, options } = scene
  const clues: Clue[] = [...inspectTime(scene)]
  const { name, maxBodyBytes = usualMaxBodyBytes } = options.scheme
  if (capture.body.length > maxBodyBytes)
    clues.push({
      cause: 'body.over-limit',
      rank: 2,
      detail: `${capture.body.length} and ${maxBodyBytes} bytes`,
    })
  // Stripe's senders have a forwarder with a secret of its own, and two modes.
  if (name === 'stripe') {
    if (isLocal(capture.url)) clues.push({ cause: 'secret.cli-vs-dashboard', rank: 7 })
    if (/"livemode": ?(true|false)/.test(startOf(capture.body)))
      clues.push({ cause: 'secret.live-vs-test', rank: 8 })
  }
  clues.push({ cause: 'secret.stale-deploy', rank: 10 })
  return clues
}

/** `https://localhost` stands for a host that the capture does not name. */
function isLocal(url: string): boolean {
  const host = /^https?:\/\/([^/]+)/i.exec(url)?.[1] ?? ''
  if (host === 'localhost' && url.startsWith('https:')) return false
  return /^(localhost|127\.|\[::1\]|0\.0\.0\.0|host\.docker\.internal)/i.test(host)
}

function inspectTime({ capture, options: { scheme }, valuesOf }: Scene): readonly Clue[] {
  const { timestamp } = scheme
  if (!timestamp || !('header' in timestamp)) return []
  const time = timesOf(scheme, capture).find((found) => found && !isPlainTime(found.text, timestamp.unit))
  // A receiver refuses such a time before it looks at the signature.
  if (time) return [{ cause: 'time.malformed', rank: 1.4, detail: describeTime(time.text) }]
  const values = valuesOf(timestamp.header)
  const { key } = timestamp
  const isThere = key === undefined ? values.length > 0 : values.some((value) => value.includes(`${key}=`))
  if (isThere) return []
  const isInBody = /"(webhook_?)?(timestamp|sent_?at|created_?at|time)" ?:/i.test(startOf(capture.body))
  const detail = key === undefined ? `"${timestamp.header}"` : `"${key}" in "${timestamp.header}"`
  return [
    { cause: 'time.missing', rank: 3, detail },
    ...(isInBody ? [{ cause: 'time.in-body', rank: 4 }] : []),
  ]
}

function startOf(body: Uint8Array): string {
  const start = body.subarray(0, 64 * 1024)
  return textOf(start) ?? Buffer.from(start).toString('latin1')
}

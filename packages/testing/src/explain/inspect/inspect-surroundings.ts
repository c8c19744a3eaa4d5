import { textOf } from '../../recompute/body-variants/undo.js'
import type { Clue, Scene } from './clue.js'

/** What else tells: a missing time, a local host, a mode, and at the end what cannot be excluded. */
export function inspectSurroundings(scene: Scene): readonly Clue[] {
  const { capture, options } = scene
  const clues: Clue[] = [...inspectTime(scene)]
  const host = /^https?:\/\/([^/]+)/i.exec(capture.url)?.[1] ?? ''
  if (/^(localhost|127\.|\[::1\]|0\.0\.0\.0|host\.docker\.internal)/i.test(host))
    clues.push({ cause: 'secret.cli-vs-dashboard', rank: 7 })
  if (options.scheme.name === 'stripe' && /"livemode": ?(true|false)/.test(startOf(capture.body)))
    clues.push({ cause: 'secret.live-vs-test', rank: 8 })
  clues.push({ cause: 'secret.stale-deploy', rank: 10 })
  return clues
}

function inspectTime({ capture, options: { scheme }, valuesOf }: Scene): readonly Clue[] {
  const { timestamp } = scheme
  if (!timestamp || !('header' in timestamp)) return []
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

import type { SchemeDescriptor, VerifiedDelivery } from '@countersign/core'
import type { Capture, CaptureCheck, CaptureVerdict } from '@countersign/diagnosis'
import { describeNotes } from '../output/describe-notes.js'
import { formatDuration } from '../output/format-duration.js'
import { toOneLine } from '../output/to-one-line.js'
import type { Terminal } from '../terminal.js'
import { formatTime } from './format-time.js'

/** What the verdict is about. */
export interface VerdictContext {
  readonly capture: Capture
  readonly scheme: SchemeDescriptor
  readonly now: number
  readonly terminal: Terminal
}

/** The verdict as lines: the result, each check, and notes on the capture. */
export function formatVerdict(verdict: CaptureVerdict, context: VerdictContext): readonly string[] {
  const { capture, scheme, terminal } = context
  const size = `${capture.body.length} ${capture.body.length === 1 ? 'byte' : 'bytes'}`
  const subject = `${toOneLine(capture.method, 20)} with a body of ${size}, scheme ${scheme.name}`
  const isAccepted = verdict.verdict === 'accepted'
  return [
    isAccepted
      ? `${terminal.style('green', 'accepted')}: ${subject}`
      : `${terminal.style('red', 'refused')}: ${verdict.code}: ${subject}`,
    ...verdict.checks.map((check) => formatCheck(check, verdict, context)),
    ...describeNotes(capture.notes).map((note) => `note: ${note}`),
    ...(isAccepted ? [] : ['Run `countersign explain` with the same options to find out why.']),
  ]
}

function formatCheck(check: CaptureCheck, verdict: CaptureVerdict, context: VerdictContext): string {
  const { terminal } = context
  const name = check.check.padEnd(9)
  if (check.passed === false) return `  ${name}  ${terminal.style('red', 'failed')}  ${check.detail}`
  const detail = formatDetail(check, verdict.delivery, context)
  const state = check.passed ? terminal.style('green', 'passed') : terminal.style('dim', '-     ')
  const absent = check.passed === null && !detail ? 'not checked' : ''
  return `  ${name}  ${state}  ${detail ?? absent}`.trimEnd()
}

/** What the check found. For a refused delivery only that the scheme signs no time. */
function formatDetail(
  { check, passed }: CaptureCheck,
  delivery: VerifiedDelivery | undefined,
  { now, scheme }: VerdictContext,
): string | undefined {
  if (check === 'timestamp' && !scheme.timestamp) return 'the scheme has no timestamp'
  if (!delivery) return undefined
  const { event, id, timestamp, secretId } = delivery
  if (check === 'signature') return `with the secret ${secretId}`
  if (check === 'timestamp' && timestamp !== undefined)
    return `${formatTime(timestamp)}, ${formatAge(now - timestamp)}`
  if (check === 'payload') return event === undefined ? 'no event name' : `event ${toOneLine(event)}`
  if (check !== 'identity') return undefined
  const name = id === undefined ? 'no id' : `id ${toOneLine(id)}`
  return passed ? `${name}; repetitions are recognised` : `${name}; repetitions cannot be recognised`
}

function formatAge(ms: number): string {
  return ms < 0 ? `${formatDuration(-ms / 1000)} ahead` : `${formatDuration(ms / 1000)} old`
}

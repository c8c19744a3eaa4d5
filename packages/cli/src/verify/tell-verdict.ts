import type { SchemeDescriptor, VerifiedDelivery } from '@countersign/core'
import type { Capture, CaptureCheck, CaptureVerdict } from '@countersign/diagnosis'
import { describeNotes } from '../output/describe-notes.js'
import { oneLine } from '../output/one-line.js'
import { tellDuration } from '../output/tell-duration.js'
import type { Terminal } from '../terminal.js'
import { tellTime } from './tell-time.js'

/** What the verdict is about. */
export interface VerdictContext {
  readonly capture: Capture
  readonly scheme: SchemeDescriptor
  readonly now: number
  readonly terminal: Terminal
}

/** The verdict as lines for a reader. */
export function tellVerdict(verdict: CaptureVerdict, context: VerdictContext): readonly string[] {
  const { capture, scheme, terminal } = context
  const size = `${capture.body.length} ${capture.body.length === 1 ? 'byte' : 'bytes'}`
  const subject = `${oneLine(capture.method, 20)} with a body of ${size}, scheme ${scheme.name}`
  const isAccepted = verdict.verdict === 'accepted'
  return [
    isAccepted
      ? `${terminal.style('green', 'accepted')}: ${subject}`
      : `${terminal.style('red', 'refused')}: ${verdict.code}: ${subject}`,
    ...verdict.checks.map((check) => tellCheck(check, verdict, context)),
    ...describeNotes(capture.notes).map((note) => `note: ${note}`),
    ...(isAccepted ? [] : ['`countersign explain` with the same options finds out why.']),
  ]
}

function tellCheck(check: CaptureCheck, verdict: CaptureVerdict, context: VerdictContext): string {
  const { terminal } = context
  const name = check.check.padEnd(9)
  if (check.passed === false) return `  ${name}  ${terminal.style('red', 'failed')}  ${check.detail}`
  const found = tellFound(check, verdict.delivery, context)
  const state = check.passed ? terminal.style('green', 'passed') : terminal.style('dim', '-     ')
  const absent = check.passed === null && !found ? 'not checked' : ''
  return `  ${name}  ${state}  ${found ?? absent}`.trimEnd()
}

/** What the check found; of a refused delivery, only what the scheme does not have. */
function tellFound(
  { check, passed }: CaptureCheck,
  delivery: VerifiedDelivery | undefined,
  { now, scheme }: VerdictContext,
): string | undefined {
  if (check === 'timestamp' && !scheme.timestamp) return 'the scheme has no time'
  if (!delivery) return undefined
  const { event, id, timestamp, secretId } = delivery
  if (check === 'signature') return `with the secret ${secretId}`
  if (check === 'timestamp' && timestamp !== undefined)
    return `${tellTime(timestamp)}, ${tellAge(now - timestamp)}`
  if (check === 'payload') return event === undefined ? 'no event name' : `event ${oneLine(event)}`
  if (check !== 'identity') return undefined
  const name = id === undefined ? 'no id' : `id ${oneLine(id)}`
  return passed ? `${name}; a repetition is recognised` : `${name}; nothing tells a repetition`
}

function tellAge(ms: number): string {
  return ms < 0 ? `${tellDuration(-ms / 1000)} ahead` : `${tellDuration(ms / 1000)} old`
}

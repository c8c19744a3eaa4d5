import type { Scheme } from '@countersign/core'
import type { Capture, Explanation, Finding } from '@countersign/diagnosis'
import { describeNotes } from '../output/describe-notes.js'
import type { Terminal } from '../terminal.js'
import { suggestCommand } from './suggest-command.js'

/** What an explanation is about. */
export interface ExplanationContext {
  readonly capture: Capture
  readonly scheme: Scheme
  readonly terminal: Terminal
}

/** In characters; fits a terminal beside an editor. */
const textWidth = 96

/** The explanation as lines: the verdict, each finding with its advice, and whether the search was complete. */
export function formatExplanation(
  { verdict, code, findings, searchedWhole }: Explanation,
  context: ExplanationContext,
): readonly string[] {
  const { capture, scheme, terminal } = context
  const colour = verdict === 'unexplained' ? 'red' : 'green'
  const reason = code === undefined ? '' : `: ${code}`
  return [
    `${terminal.style(colour, verdict)}${reason}: ${capture.method} with a body of ${capture.body.length} bytes, scheme ${scheme.name}`,
    ...findings.flatMap((finding) => formatFinding(finding, context)),
    ...describeNotes(capture.notes).map((note) => `note: ${note}`),
    ...(searchedWhole ? [] : ['The search ran out of time before everything was tried; raise --budget.']),
  ]
}

function formatFinding(
  { level, cause, target, advice, scheme }: Finding,
  { terminal }: ExplanationContext,
): readonly string[] {
  const label = level === 'proof' ? terminal.style('green', 'PROOF') : terminal.style('yellow', 'hint ')
  const next = scheme === undefined ? [] : formatNextCommand(terminal.args, scheme)
  return [`${label}  ${terminal.style('bold', cause)} (${target})`, ...wrap(advice), ...next]
}

/** On one line, so that it can be copied. */
function formatNextCommand(args: readonly string[], scheme: string): readonly string[] {
  const command = suggestCommand(args, scheme)
  if (command === undefined) return [`       Next: the same command with --scheme ${scheme}`]
  return [`       Next: ${command}`]
}

function wrap(text: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < textWidth)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`       ${word}`)
  }
  return lines
}

import type { Scheme } from '@countersign/core'
import type { Capture, Explanation, Finding } from '@countersign/testing'
import { describeNotes } from '../output/describe-notes.js'
import type { Terminal } from '../terminal.js'

/** What an explanation is told with. */
export interface ExplanationScene {
  readonly capture: Capture
  readonly scheme: Scheme
  readonly terminal: Terminal
}

/** Wide enough for a sentence, narrow enough for a terminal beside an editor. */
const textWidth = 96

/** The explanation for a reader: the verdict, each finding with what to do, and how far the search went. */
export function tellExplanation(
  { verdict, code, findings, searchedWhole }: Explanation,
  { capture, scheme, terminal }: ExplanationScene,
): readonly string[] {
  const colour = verdict === 'unexplained' ? 'red' : 'green'
  const reason = code === undefined ? '' : `: ${code}`
  return [
    `${terminal.style(colour, verdict)}${reason}: ${capture.method} with a body of ${capture.body.length} bytes, scheme ${scheme.name}`,
    ...findings.flatMap((finding) => tellFinding(finding, terminal)),
    ...describeNotes(capture.notes).map((note) => `note: ${note}`),
    ...(searchedWhole ? [] : ['The search ended before all was tried; give it more time with --budget.']),
  ]
}

function tellFinding({ level, cause, target, advice }: Finding, terminal: Terminal): readonly string[] {
  const label = level === 'proof' ? terminal.style('green', 'PROOF') : terminal.style('yellow', 'hint ')
  return [`${label}  ${terminal.style('bold', cause)} (${target})`, ...wrap(advice)]
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

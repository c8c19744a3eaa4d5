import type { Scheme } from '@countersign/core'
import type { Capture, Explanation, Finding } from '@countersign/diagnosis'
import { describeNotes } from '../output/describe-notes.js'
import type { Terminal } from '../terminal.js'
import { nextCommand } from './next-command.js'

/** What an explanation is told with. */
export interface ExplanationScene {
  readonly capture: Capture
  readonly scheme: Scheme
  readonly terminal: Terminal
  /** What the user typed after `countersign`. */
  readonly args: readonly string[]
}

/** Wide enough for a sentence, narrow enough for a terminal beside an editor. */
const textWidth = 96

/** The explanation for a reader: the verdict, each finding with what to do, and how far the search went. */
export function tellExplanation(
  { verdict, code, findings, searchedWhole }: Explanation,
  scene: ExplanationScene,
): readonly string[] {
  const { capture, scheme, terminal } = scene
  const colour = verdict === 'unexplained' ? 'red' : 'green'
  const reason = code === undefined ? '' : `: ${code}`
  return [
    `${terminal.style(colour, verdict)}${reason}: ${capture.method} with a body of ${capture.body.length} bytes, scheme ${scheme.name}`,
    ...findings.flatMap((finding) => tellFinding(finding, scene)),
    ...describeNotes(capture.notes).map((note) => `note: ${note}`),
    ...(searchedWhole ? [] : ['The search ended before all was tried; give it more time with --budget.']),
  ]
}

function tellFinding(
  { level, cause, target, advice, scheme }: Finding,
  { terminal, args }: ExplanationScene,
): readonly string[] {
  const label = level === 'proof' ? terminal.style('green', 'PROOF') : terminal.style('yellow', 'hint ')
  const next = scheme === undefined ? [] : tellNext(args, scheme)
  return [`${label}  ${terminal.style('bold', cause)} (${target})`, ...wrap(advice), ...next]
}

/** On a line of its own, to be copied as it is. */
function tellNext(args: readonly string[], scheme: string): readonly string[] {
  const command = nextCommand(args, scheme)
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

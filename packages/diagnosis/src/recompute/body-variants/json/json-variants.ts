import type { Fault } from '../../types.js'
import { aspectsOf } from './json-aspects.js'
import { listChoices } from './json-choices.js'
import { createDrafts } from './json-drafts.js'
import { type LayoutName, layouts } from './layouts.js'
import { type JsonText, parseJson } from './parse-json.js'

/** A JSON text as another writer would have it. */
export interface JsonVariant {
  readonly text: string
  /** In how many ways it differs; what one writer does by itself is one. */
  readonly steps: number
  readonly faults: readonly Fault[]
}

const lineEndFault: Fault = { cause: 'body.trailing-newline-lost', target: 'body', cost: 1 }

/**
 * The text as other writers of JSON would have it, in the order of how much they differ from it; none where it is no
 * JSON. Numbers and strings that are not rewritten stay as they were, character by character.
 *
 * @param isOver asked between the longer steps; then there is no more
 */
export function* jsonVariants(
  text: string,
  maxSteps: number,
  isOver: () => boolean = () => false,
): Generator<JsonVariant> {
  // A draft marks its gaps with NUL, which no writer of JSON leaves in a text.
  const json = text.includes('\0') ? undefined : parseJson(text)
  if (!json) return
  const aspects = aspectsOf(json, text, isOver)
  const choices = listChoices(aspects).filter(({ steps }) => steps > 0 && steps <= maxSteps)
  const draft = createDrafts(json, text, aspects)
  for (const choice of choices.sort((a, b) => a.steps - b.steps)) {
    if (isOver()) return
    const { layout, escapes, tree, numbers, end, steps } = choice
    const drafted = draft(choice)?.(escapes?.writer)
    if (drafted === undefined || (end !== '' && json.after !== '')) continue
    const written = drafted + end
    if (written === text) continue
    const faults = [
      ...(layout ? [layoutFault(layout, written, text, json)] : []),
      ...(layout === 'python' && escapes?.profile === 'ascii' ? [] : (escapes?.faults ?? [])),
      ...(tree?.faults ?? []),
      ...(numbers?.faults ?? []),
      ...(end === '' || isWithoutLines(written, text) ? [] : [lineEndFault]),
    ]
    yield { text: written, steps, faults }
  }
}

function layoutFault(layout: LayoutName, written: string, text: string, json: JsonText): Fault {
  const cost = 1 + Object.keys(layouts).indexOf(layout) / 100
  return { cause: layoutCause(layout, written, text, json), target: 'body', cost }
}

function layoutCause(layout: LayoutName, written: string, text: string, { hasInnerSpace }: JsonText): string {
  if (layout === 'compact') return 'body.json-pretty-printed'
  if (hasInnerSpace && isWithoutLines(written, text)) return 'body.line-breaks-removed'
  if (layout === 'python') return 'body.json-python-separators'
  return hasInnerSpace ? 'body.json-reformatted' : 'body.json-reserialised-compact'
}

/** Whether the text is the other one with nothing but its line ends taken out. */
function isWithoutLines(written: string, text: string): boolean {
  return !/[\r\n]/.test(text) && text.includes('  ') && written.replace(/[\r\n]/g, '') === text
}

import type { Fault } from '../../types.js'
import type { ProfileName } from './escape-profiles.js'
import { type Aspect, aspectsOf, type JsonAspects, sortingCause } from './json-aspects.js'
import { draftsOf } from './json-drafts.js'
import { type LayoutName, layouts } from './layouts.js'
import { type JsonNode, type JsonText, parseJson } from './parse-json.js'
import type { NumberWriter } from './rewrite-numbers.js'

/** A JSON text as another writer would have it. */
export interface JsonVariant {
  readonly text: string
  /** In how many ways it differs; what one writer does by itself is one. */
  readonly steps: number
  readonly faults: readonly Fault[]
}

/** Which writer of each aspect is taken; undefined: the text stays as it is in this. */
export interface Choice {
  readonly layout: LayoutName | undefined
  readonly escapes: JsonAspects['escapes'][number] | undefined
  readonly tree: Aspect<JsonNode> | undefined
  readonly numbers: Aspect<NumberWriter> | undefined
  readonly end: '' | '\n'
  readonly steps: number
}

/** Layout and escapes that are one writer's: one call of it brings both. */
const writers: Readonly<Partial<Record<LayoutName, readonly ProfileName[]>>> = {
  compact: ['least', 'ascii', 'php', 'go', 'dotnet'],
  python: ['ascii', 'least'],
  python2Indent: ['ascii'],
  indent2: ['least', 'ascii', 'go', 'dotnet', 'gson'],
  indent4: ['least', 'ascii', 'php', 'slash', 'go'],
  tab: ['least', 'go', 'ascii'],
  indent1: ['ascii'],
}
/** Written to files and streams, these end with a line end; so does all that Go's Encoder writes. */
const endedLayouts: readonly (LayoutName | undefined)[] = ['indent2', 'indent4', 'tab']
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
  const choices = choicesOf(aspects).filter(({ steps }) => steps > 0 && steps <= maxSteps)
  const draft = draftsOf(json, text, aspects)
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

function choicesOf({ escapes, trees, numbers, layout: current }: JsonAspects): Choice[] {
  const names = (Object.keys(layouts) as LayoutName[]).filter((name) => name !== current)
  const choices: Choice[] = []
  for (const layout of [undefined, ...names]) {
    for (const escaping of [undefined, ...escapes]) {
      const isOneWriter = layout && escaping && writers[layout]?.includes(escaping.profile)
      const written = isOneWriter ? 1 : Number(layout !== undefined) + Number(escaping !== undefined)
      for (const tree of [undefined, ...trees]) {
        // A writer that is told to sort its keys does that and its layout in one call.
        const isSorting = tree?.faults[0]?.cause === sortingCause
        const moved = tree && !(isSorting && layout) ? 1 : 0
        for (const number of [undefined, ...numbers]) {
          const steps = written + moved + Number(number !== undefined)
          if (number && (steps > 2 || (tree && layout))) continue
          const choice = { layout, escapes: escaping, tree, numbers: number, steps }
          choices.push({ ...choice, end: '' })
          const canEnd = endedLayouts.includes(layout) || escaping?.profile === 'go'
          if (canEnd && !tree && !number) choices.push({ ...choice, end: '\n' })
        }
      }
    }
  }
  return choices
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

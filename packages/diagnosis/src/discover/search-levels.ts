import type { Capture } from '../captures/capture.js'
import { templateLevels } from '../recompute/content-templates.js'
import { senderHeaders } from '../recompute/header-values.js'
import { idSources } from '../recompute/id-sources.js'
import { timeSources } from '../recompute/time-sources.js'
import type { ContentTemplate } from '../recompute/types.js'

/** The cheaper levels are far likelier than a header that schemes cannot sign, so they come first. */
const levelsBeforeUnsupported = 4
const separators = ['', '.', ':', '\n', '|', ',', ';', '-', ' '] as const

/** The possible contents, including those with a header that schemes cannot sign, so that the result can report it. */
export function* searchLevels(capture: Capture): Generator<Iterable<ContentTemplate>> {
  let done = 0
  for (const level of templateLevels(capture)) {
    yield level
    if (++done === levelsBeforeUnsupported) yield unsupportedTemplates(capture)
  }
}

/** The header in a content that schemes cannot sign. */
export function unsupportedHeader({ signedContent }: ContentTemplate): string | undefined {
  return /\{header ([^}]+)\}/.exec(signedContent)?.[1]
}

/** The body with one header before or after it: a date in words, as Klaviyo's, or a value that is neither a time nor an id. */
function* unsupportedTemplates(capture: Capture): Generator<ContentTemplate> {
  const known = new Set([...timeSources(capture), ...idSources(capture)].map(({ text }) => text))
  const nothing = { time: undefined, id: undefined, url: undefined, bodyPart: 'body' } as const
  for (const { name, value } of senderHeaders(capture.headers)) {
    if (known.has(value)) continue
    for (const separator of separators) {
      const [before, after] = [`${value}${separator}`, `${separator}${value}`]
      yield {
        ...nothing,
        signedContent: `{header ${name}}${separator}{body}`,
        before: Buffer.from(before, 'latin1'),
        after: Buffer.alloc(0),
      }
      yield {
        ...nothing,
        signedContent: `{body}${separator}{header ${name}}`,
        before: Buffer.alloc(0),
        after: Buffer.from(after, 'latin1'),
      }
    }
  }
}

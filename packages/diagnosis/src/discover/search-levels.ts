import type { Capture } from '../captures/capture.js'
import { templateLevels } from '../recompute/content-templates.js'
import { senderHeaders } from '../recompute/header-values.js'
import { idSources } from '../recompute/id-sources.js'
import { timeSources } from '../recompute/time-sources.js'
import type { ContentTemplate } from '../recompute/types.js'

/** What costs less is far likelier than a header that no scheme can sign. */
const levelsBeforeForeign = 4
const separators = ['', '.', ':', '\n', '|', ',', ';', '-', ' '] as const

/** The contents of the capture, and between them those with a header that no scheme can sign, so that it can be said. */
export function* searchLevels(capture: Capture): Generator<Iterable<ContentTemplate>> {
  let done = 0
  for (const level of templateLevels(capture)) {
    yield level
    if (++done === levelsBeforeForeign) yield foreignTemplates(capture)
  }
}

/** The name of the header without which the content could be said. */
export function foreignHeader({ signedContent }: ContentTemplate): string | undefined {
  return /\{header ([^}]+)\}/.exec(signedContent)?.[1]
}

/** Bodies with one header before or after: a date in words, as Klaviyo's, or what is neither a time nor an id. */
function* foreignTemplates(capture: Capture): Generator<ContentTemplate> {
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

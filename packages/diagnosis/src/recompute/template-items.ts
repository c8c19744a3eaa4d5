import type { Capture } from '../captures/capture.js'
import { senderHeaders } from './header-values.js'
import { idSources } from './id-sources.js'
import { timeSources } from './time-sources.js'
import type { FoundId, FoundTime } from './types.js'
import { urlVariants } from './url-variants.js'

/** What may be signed beside the body. */
export type ItemKind = 'version' | 'method' | 'url' | 'id' | 'time'

/** One value that may be signed beside the body. */
export interface TemplateItem {
  /** How it is written in a template: `{timestamp}`, or the literal text itself. */
  readonly notation: string
  /** Its bytes, one character each. */
  readonly bytes: string
  /** The smaller, the likelier. */
  readonly cost: number
  readonly time?: FoundTime
  readonly id?: FoundId
  readonly url?: string
}

/** How many values of each kind are tried. A value that stands in two places is tried once. */
export interface TemplateLimits {
  readonly times?: number
  readonly ids?: number
  readonly urls?: number
  /** Templates that cost more are left out. Default: none are. */
  readonly maxCost?: number
}

/** The values of a capture that may be signed, each kind's likeliest first. */
export function templateItems(
  capture: Capture,
  { times = 6, ids = 12, urls = 12 }: TemplateLimits = {},
): Readonly<Record<ItemKind, readonly TemplateItem[]>> {
  return {
    version: versionTexts(capture).map((text, index) => ({ notation: text, bytes: text, cost: index })),
    method: [{ notation: '{method}', bytes: capture.method, cost: 0 }],
    url: urlVariants(capture.url)
      .slice(0, urls)
      .map((url, index) => ({
        notation: '{url}',
        bytes: Buffer.from(url, 'utf8').toString('latin1'),
        cost: Math.floor(index / 2),
        url,
      })),
    id: firstOfEachText(idSources(capture))
      .slice(0, ids)
      .map((id, index) => ({ notation: '{id}', bytes: id.text, cost: Math.ceil(index / 2), id })),
    time: firstOfEachText(timeSources(capture))
      .slice(0, times)
      .map((time, index) => ({ notation: '{timestamp}', bytes: time.text, cost: index, time })),
  }
}

function firstOfEachText<TFound extends { readonly text: string }>(found: readonly TFound[]) {
  return found.filter(({ text }, index) => found.findIndex((other) => other.text === text) === index)
}

/** Versions that a signature or a header names come first: Slack's `v0=` stands for the `v0:` that is signed. */
function versionTexts({ headers }: Capture): readonly string[] {
  const named = senderHeaders(headers).flatMap(({ name, value }) => {
    if (/version$/i.test(name)) return /^[\w.-]{1,16}$/.test(value) ? [value] : []
    return /signature|hmac/i.test(name)
      ? [...value.matchAll(/(?:^|[ ,;&])(v\d{1,2})[=,:]/g)].map(([, version = '']) => version)
      : []
  })
  return [...new Set([...named, 'v0', 'v1', '1', 'v2', '2'])]
}

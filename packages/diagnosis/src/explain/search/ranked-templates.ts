import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../../captures/capture.js'
import { templateLevels } from '../../recompute/content-templates.js'
import { fillTemplates } from '../../recompute/fill-templates.js'
import { sumCosts } from '../../recompute/sum-costs.js'
import type { ContentTemplate } from '../../recompute/types.js'
import type { FoundTemplate } from './found-template.js'
import { nearbyTemplates } from './nearby-templates.js'
import { repairHeaders } from './repair-headers.js'
import { judgeRepair, restatedTemplates } from './restated-times.js'
import { templateFaults } from './template-faults.js'

const maxLevel = 4
const usualLevels = 2
const maxTemplates = 4_000

/** The scheme's own signed content, and all others that fit the capture, nearest first. */
export interface RankedTemplates {
  readonly own: readonly FoundTemplate[]
  /** Built on first use: there are thousands, and most faults need none of them. */
  readonly others: () => readonly FoundTemplate[]
}

/** A cache, because one search asks several times. */
const rankings = new WeakMap<
  Capture,
  { readonly scheme: SchemeDescriptor; readonly templates: RankedTemplates }
>()

/** Ranks the signed contents; contents with equal bytes are listed once. */
export function rankedTemplates(scheme: SchemeDescriptor, capture: Capture): RankedTemplates {
  const known = rankings.get(capture)
  if (known?.scheme === scheme) return known.templates
  const repaired = repairHeaders(capture, scheme)
  const asStated = fillTemplates(scheme, capture)
  const configured = distinct([...asStated, ...fillTemplates(scheme, repaired)])
  let others: readonly FoundTemplate[] | undefined
  const templates: RankedTemplates = {
    own: configured.map((template) => {
      const repair = judgeRepair(template, asStated)
      return { ...repair, steps: 0, cost: sumCosts(repair.faults) }
    }),
    others: () => {
      others ??= rankOthers(scheme, repaired, configured)
      return others
    },
  }
  rankings.set(capture, { scheme, templates })
  return templates
}

function rankOthers(
  scheme: SchemeDescriptor,
  capture: Capture,
  configured: readonly ContentTemplate[],
): readonly FoundTemplate[] {
  const [first] = configured
  const known = new Set(configured.map(contentOf))
  const usual = usualContents(capture)
  const others: FoundTemplate[] = []
  const add = (template: ContentTemplate, level: number) => {
    const content = contentOf(template)
    if (known.has(content) || !first) return
    known.add(content)
    const faults = templateFaults(template, first, scheme)
    // Not a difference of the template: a line break after the body is a change of the body.
    if (faults.length === 0 || /\}\s+$/.test(template.signedContent)) return
    const difference = sumCosts(faults) + level / 10
    // A content that many senders sign ranks near, however much it differs from the configured one.
    const usualLevel = usual.get(content)
    const cost =
      usualLevel === undefined ? difference : Math.min(difference, 1.1 + usualLevel / 10 + faults.length / 20)
    others.push({ template, faults, steps: 1, cost })
  }
  for (const template of restatedTemplates(scheme, capture)) {
    known.add(contentOf(template.template))
    others.push(template)
  }
  for (const template of nearbyTemplates(scheme, capture)) add(template, 0)
  let level = 0
  for (const group of templateLevels(capture, { maxCost: maxLevel })) {
    for (const template of group) if (others.length < maxTemplates) add(template, 1 + level)
    level++
  }
  return others.sort((a, b) => a.cost - b.cost)
}

/** The signed contents that are common whatever the scheme is, with their level. */
function usualContents(capture: Capture): ReadonlyMap<string, number> {
  const contents = new Map<string, number>()
  let level = 0
  for (const group of templateLevels(capture, { maxCost: usualLevels - 1 })) {
    for (const template of group) contents.set(contentOf(template), level)
    level++
  }
  return contents
}

function distinct(templates: readonly ContentTemplate[]): readonly ContentTemplate[] {
  const names = templates.map(contentOf)
  return templates.filter((_, index) => names.indexOf(names[index] ?? '') === index)
}

function contentOf({ before, bodyPart, after }: ContentTemplate): string {
  return [before, after].map((bytes) => Buffer.from(bytes).toString('latin1')).join(`\0${bodyPart}\0`)
}

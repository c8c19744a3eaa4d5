import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../../captures/capture.js'
import { templateLevels } from '../../recompute/content-templates.js'
import { templatesOf } from '../../recompute/templates-of.js'
import type { ContentTemplate, Fault } from '../../recompute/types.js'
import type { FoundTemplate } from './found-template.js'
import { nearbyTemplates } from './nearby-templates.js'
import { repairHeaders } from './repair-headers.js'
import { judgeRepair, restatedTemplates } from './restated-times.js'
import { templateFaults } from './template-faults.js'

const maxLevel = 4
const usualLevels = 2
const maxTemplates = 4_000

/** The scheme's own signed content, and all others that the capture could have, the nearest first. */
export interface RankedTemplates {
  readonly own: readonly FoundTemplate[]
  /** Made when they are first asked for: there are thousands, and most faults are others. */
  readonly others: () => readonly FoundTemplate[]
}

/** One search asks several times. */
const rankings = new WeakMap<
  Capture,
  { readonly scheme: SchemeDescriptor; readonly templates: RankedTemplates }
>()

/** Equal bytes come once. */
export function rankedTemplates(scheme: SchemeDescriptor, capture: Capture): RankedTemplates {
  const known = rankings.get(capture)
  if (known?.scheme === scheme) return known.templates
  const repaired = repairHeaders(capture, scheme)
  const asStated = templatesOf(scheme, capture)
  const configured = distinct([...asStated, ...templatesOf(scheme, repaired)])
  let others: readonly FoundTemplate[] | undefined
  const templates: RankedTemplates = {
    own: configured.map((template) => {
      const repair = judgeRepair(template, asStated)
      return { ...repair, steps: 0, cost: costOf(repair.faults) }
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
    // What cannot be named is no difference of the template: a line end behind the body is one of the body.
    if (faults.length === 0 || /\}\s+$/.test(template.signedContent)) return
    const difference = costOf(faults) + level / 10
    // What many senders sign is near, however much it differs from what is configured.
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

function costOf(faults: readonly Fault[]): number {
  return faults.reduce((sum, { cost }) => sum + cost, 0)
}

/** The signed contents that are likeliest whatever the scheme says, and how likely. */
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

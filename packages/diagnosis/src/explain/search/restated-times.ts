import type { SchemeDescriptor } from '@countersign/core'
import type { Capture } from '../../captures/capture.js'
import { isPlainTime, readMoment } from '../../recompute/read-moment.js'
import { templatesOf, timesOf } from '../../recompute/templates-of.js'
import type { ContentTemplate, Fault, FoundTime } from '../../recompute/types.js'
import { finerForms, momentForms } from '../../recompute/write-moment.js'
import type { FoundTemplate } from './found-template.js'

/** The scheme's own signed contents with the time in the other forms that senders have for it. */
export function restatedTemplates(scheme: SchemeDescriptor, capture: Capture): readonly FoundTemplate[] {
  return restated(scheme, capture, momentForms)
}

/** The same with the milliseconds of the moment, where the header states none: there are thousands. */
export function finerTemplates(scheme: SchemeDescriptor, capture: Capture): readonly FoundTemplate[] {
  return restated(scheme, capture, (text) => [...finerForms(text)])
}

function restated(
  scheme: SchemeDescriptor,
  capture: Capture,
  formsOf: (text: string) => readonly string[],
): readonly FoundTemplate[] {
  if (!scheme.signedContent?.includes('{timestamp}')) return []
  const times = timesOf(scheme, capture).flatMap((time) =>
    time === undefined
      ? []
      : formsOf(time.text).map((text): FoundTime => ({ ...time, text, stated: time.text })),
  )
  return templatesOf(scheme, capture, times).map((template, index) => {
    const fault = restatingFault(template)
    return { template, faults: fault ? [fault] : [], steps: 1, cost: 1 + index / 1000 }
  })
}

/** A content that came about only because a header was repaired, with the fault of that where it changed the time. */
export function judgeRepair(
  template: ContentTemplate,
  asStated: readonly ContentTemplate[],
): Pick<FoundTemplate, 'template' | 'faults'> {
  const { time } = template
  const stated = asStated.flatMap((other) => other.time?.text ?? [])
  const [before] = stated
  if (!time || before === undefined || stated.includes(time.text)) return { template, faults: [] }
  return { template: { ...template, time: { ...time, stated: before } }, faults: [rewritten] }
}

const rewritten: Fault = { cause: 'time.rewritten', target: 'time', cost: 1 }

/** Whether the header was rewritten on its way, or the sender signs another form than it sends. */
function restatingFault({ time }: ContentTemplate): Fault | undefined {
  if (!time || time.stated === undefined) return undefined
  const isRewritten = isPlainTime(time.text, time.source.unit) && readMoment(time.stated)?.isDecorated
  return isRewritten ? rewritten : { cause: 'tmpl.timestamp-form', target: 'template', cost: 1 }
}

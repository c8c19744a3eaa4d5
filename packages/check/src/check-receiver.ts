import { WebhookConfigurationError } from '@countersign/core'
import type { CheckOptions } from './check-options.js'
import type { CheckedProperty, CheckReport } from './check-report.js'
import { tolerance } from './deliveries/scheme-traits.js'
import { Examination } from './examination.js'
import { faults } from './faults.js'
import { stages } from './properties/index.js'
import { fail, type Judgement, type Property, unknown } from './property.js'

const [[baseline] = []] = stages

/** The names of all properties, in the order of the report, and what each says of a receiver. */
export const checkProperties: readonly { readonly property: string; readonly says: string }[] = stages
  .flat()
  .map(({ name, says }) => ({ property: name, says }))

/**
 * Finds out over HTTP whether a receiver, in whatever language, does what every receiver should: sends it valid deliveries,
 * forgeries and malformed things, and judges its answers. Its handler runs: use a test system.
 *
 * @throws ReceiverUnreachableError when nobody answers
 * @throws WebhookConfigurationError for an option that makes no sense
 * @throws what `handled` throws, and the signal's reason
 *
 * @example
 * const { passed, properties } = await checkReceiver({ url, scheme: visibuild(), secret, handled: () => handler.mock.calls.length })
 */
export async function checkReceiver(options: CheckOptions): Promise<CheckReport> {
  const selected = select(options)
  checkTolerance(options)
  checkCustom(options)
  options.signal?.throwIfAborted()
  const examination = new Examination(options)
  const properties: CheckedProperty[] = []
  try {
    for (const stage of selected) {
      const judged = await Promise.all(stage.map((property) => judge(property, examination)))
      for (const checked of judged) {
        properties.push(checked)
        options.onProgress?.({ judged: checked, done: properties.length, total: selected.flat().length })
      }
    }
  } finally {
    examination.close()
  }
  return { passed: properties.every(({ verdict }) => verdict !== 'fail'), properties }
}

/** The first property is always there: without it no other means anything. */
function select({ only, skip = [] }: CheckOptions): readonly (readonly Property[])[] {
  const known = new Set(checkProperties.map(({ property }) => property))
  const strange = [...(only ?? []), ...skip].find((name) => !known.has(name))
  if (strange !== undefined) {
    const message = `There is no property "${strange}"; there are ${[...known].join(', ')}.`
    throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', message)
  }
  return stages
    .map((stage) => stage.filter((property) => property === baseline || isSelected(property)))
    .filter(({ length }) => length > 0)

  function isSelected({ name }: Property): boolean {
    return (only?.includes(name) ?? true) && !skip.includes(name)
  }
}

/** A valid delivery would be stale when it arrives, now and then, and be refused with reason. */
function checkTolerance({ scheme }: CheckOptions): void {
  if (!scheme.timestamp || tolerance(scheme).past >= 1) return
  const message = 'A tolerance below 1 second leaves no time to send a delivery; check with a larger one.'
  throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', message)
}

/** Where the proof of a custom scheme is, its code does not say. That it can sign is looked for where it signs. */
function checkCustom({ scheme: { name, signature } }: CheckOptions): void {
  if (signature.algorithm !== 'custom' || signature.headers?.length) return
  const message = `Scheme "${name}": to check a receiver of a custom scheme, name its proofHeaders, so that forgeries can be made of them.`
  throw new WebhookConfigurationError('ERR_WEBHOOK_SCHEME_INVALID', message)
}

async function judge(property: Property, examination: Examination): Promise<CheckedProperty> {
  const judgement = await findOut(property, examination)
  if (judgement.verdict === 'fail' && judgement.fault) examination.faults.add(judgement.fault)
  const { verdict, fault, evidence, advice = fault ? faults[fault] : '' } = judgement
  return { property: property.name, verdict, ...(fault && { fault }), evidence, advice }
}

async function findOut(property: Property, examination: Examination): Promise<Judgement> {
  const hidden = whyHidden(property, examination)
  if (hidden) return hidden
  const before = examination.tried.length
  const judgement = await property.judge(examination)
  const isCutOff = examination.tried
    .slice(before)
    .some(({ reply }) => reply.end === 'unreachable' || reply.end === 'dropped')
  if (!isCutOff || property === baseline || (await examination.isAlive())) return judgement
  examination.diedIn = property.name
  return judgement.verdict === 'fail' ? judgement : fail('dies', 'nobody answers any more')
}

function whyHidden({ name, hiddenBy = [] }: Property, examination: Examination): Judgement | undefined {
  if (name === baseline?.name) return undefined
  if (!examination.takesValid) return unknown('not tried, since no valid delivery is taken')
  if (examination.diedIn !== undefined)
    return unknown(`not tried: nobody answers since ${examination.diedIn}`)
  const fault = hiddenBy.find((each) => examination.faults.has(each))
  return fault && unknown(`cannot be told before this is mended: ${fault}`)
}

import { WebhookConfigurationError } from '@countersign/core'
import type { CheckOptions } from './check-options.js'
import type { CheckedProperty, CheckReport } from './check-report.js'
import { tolerance } from './deliveries/scheme-traits.js'
import { Examination } from './examination.js'
import { faults } from './faults.js'
import { stages } from './properties/index.js'
import { fail, type Judgement, type Property, unknown } from './property.js'

const [[baseline] = []] = stages

/**
 * All properties in the order of the report: `property` is the name, `says` completes the sentence "the receiver ...".
 *
 * @example
 * import { checkProperties } from '@countersign/check'
 *
 * for (const { property, says } of checkProperties) console.log(`${property}: the receiver ${says}`)
 */
export const checkProperties: readonly { readonly property: string; readonly says: string }[] = stages
  .flat()
  .map(({ name, says }) => ({ property: name, says }))

/**
 * Checks over HTTP whether a receiver, written in any language, does what every receiver should: sends it valid deliveries,
 * forgeries and malformed requests, and judges its answers. The receiver's handler runs: use a test system.
 *
 * @throws ReceiverUnreachableError if there is no connection to the URL
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for an unknown property or a tolerance below one second,
 * `ERR_WEBHOOK_SECRET_INVALID` for a missing secret, `ERR_WEBHOOK_SCHEME_INVALID` for a custom scheme without `sign` or
 * `proofHeaders`
 * @throws whatever `handled` throws, and the reason of `signal` if it aborts
 *
 * @example
 * import { checkReceiver } from '@countersign/check'
 * import { github } from '@countersign/core/schemes'
 *
 * const { passed, properties } = await checkReceiver({
 *   url: 'http://127.0.0.1:3000/webhooks/github',
 *   scheme: github(),
 *   secret: process.env.GITHUB_SECRET,
 * })
 * for (const { property, verdict, advice } of properties) if (verdict === 'fail') console.error(`${property}: ${advice}`)
 * if (!passed) process.exitCode = 1
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

/** The first property always runs: without a valid delivery that is accepted, no other result means anything. */
function select({ only, skip = [] }: CheckOptions): readonly (readonly Property[])[] {
  const known = new Set(checkProperties.map(({ property }) => property))
  const unknownName = [...(only ?? []), ...skip].find((name) => !known.has(name))
  if (unknownName !== undefined) {
    const message = `Unknown property "${unknownName}". Properties are ${[...known].join(', ')}.`
    throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', message)
  }
  return stages
    .map((stage) => stage.filter((property) => property === baseline || isSelected(property)))
    .filter(({ length }) => length > 0)

  function isSelected({ name }: Property): boolean {
    return (only?.includes(name) ?? true) && !skip.includes(name)
  }
}

/** With such a tolerance, a valid delivery would sometimes be stale on arrival, and the receiver would be right to refuse it. */
function checkTolerance({ scheme }: CheckOptions): void {
  if (!scheme.timestamp || tolerance(scheme).past >= 1) return
  const message =
    'A tolerance below 1 second leaves no time to send a delivery. Check with a larger toleranceSeconds.'
  throw new WebhookConfigurationError('ERR_WEBHOOK_OPTION_INVALID', message)
}

/** A custom scheme's code does not say which headers hold its proof. Whether it can sign is checked when it signs. */
function checkCustom({ scheme: { name, signature } }: CheckOptions): void {
  if (signature.algorithm !== 'custom' || signature.headers?.length) return
  const message = `Scheme "${name}": to check a receiver of a custom scheme, name its proofHeaders, so that the check can forge them.`
  throw new WebhookConfigurationError('ERR_WEBHOOK_SCHEME_INVALID', message)
}

async function judge(property: Property, examination: Examination): Promise<CheckedProperty> {
  const judgement = await judgeUnlessHidden(property, examination)
  if (judgement.verdict === 'fail' && judgement.fault) examination.faults.add(judgement.fault)
  const { verdict, fault, evidence, advice = fault ? faults[fault] : '' } = judgement
  return { property: property.name, verdict, ...(fault && { fault }), evidence, advice }
}

async function judgeUnlessHidden(property: Property, examination: Examination): Promise<Judgement> {
  const hidden = explainHidden(property, examination)
  if (hidden) return hidden
  const before = examination.tried.length
  const judgement = await property.judge(examination)
  const isCutOff = examination.tried
    .slice(before)
    .some(({ reply }) => reply.end === 'unreachable' || reply.end === 'dropped')
  if (!isCutOff || property === baseline || (await examination.isAlive())) return judgement
  examination.diedIn = property.name
  return judgement.verdict === 'fail' ? judgement : fail('dies', 'the receiver no longer answers')
}

function explainHidden({ name, hiddenBy = [] }: Property, examination: Examination): Judgement | undefined {
  if (name === baseline?.name) return undefined
  if (!examination.acceptsValid) return unknown('skipped: no valid delivery is accepted')
  if (examination.diedIn !== undefined)
    return unknown(`skipped: the receiver no longer answers since ${examination.diedIn}`)
  const fault = hiddenBy.find((each) => examination.faults.has(each))
  return fault && unknown(`cannot be checked until this is fixed: ${fault}`)
}

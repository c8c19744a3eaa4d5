import type { Explanation } from '@countersign/diagnosis'
import { oneLine } from '../output/one-line.js'
import type { Style, Terminal } from '../terminal.js'
import type { ArrivedDelivery, ListenVerdict } from './arrived-delivery.js'

/** A delivery with what was found out about it. */
export interface ToldArrival extends ArrivedDelivery {
  readonly explanation: Explanation | undefined
  /** Where its capture was saved. */
  readonly saved: string | undefined
}

const styles: Readonly<Record<ListenVerdict, Style>> = {
  valid: 'green',
  duplicate: 'yellow',
  conflict: 'yellow',
  'in-progress': 'yellow',
  refused: 'red',
}

const maxFindings = 3

/** The lines for a reader: the delivery, and below it why it was refused. */
export function tellArrival(arrival: ToldArrival, terminal: Terminal): readonly string[] {
  const { verdict, arrivedAt, status, event, id, attempt, code, reason, explanation, saved } = arrival
  const time = new Date(arrivedAt).toTimeString().slice(0, 8)
  const facts = [
    ...(event === undefined ? [] : [oneLine(event)]),
    ...(id === undefined ? [] : [`id ${oneLine(id)}`]),
    ...(attempt === undefined || attempt === 1 ? [] : [`attempt ${attempt}`]),
    ...(code === undefined ? [] : [code]),
  ]
  const findings = explanation?.findings.slice(0, maxFindings) ?? []
  return [
    `${time} ${terminal.style(styles[verdict], verdict)} ${status}${facts.map((fact) => ` ${fact}`).join(',')}`,
    ...(reason === undefined ? [] : [`  ${oneLine(reason, 300)}`]),
    ...findings.map(({ level, cause, advice }) => `  ${level}: ${cause}: ${oneLine(advice, 400)}`),
    ...(saved === undefined ? [] : [terminal.style('dim', `  saved as ${saved}`)]),
  ]
}

/** The same for machines; what is not known is null. */
export function arrivalToJson(arrival: ToldArrival): object {
  const { arrivedAt, verdict, status, capture } = arrival
  const { event, id, attempt, secretId, code, explanation, saved } = arrival
  return {
    time: new Date(arrivedAt).toISOString(),
    verdict,
    status,
    event: event ?? null,
    id: id ?? null,
    attempt: attempt ?? null,
    secret: secretId ?? null,
    code: code ?? null,
    bytes: capture?.body.length ?? null,
    explanation: explanation ? { verdict: explanation.verdict, findings: explanation.findings } : null,
    saved: saved ?? null,
  }
}

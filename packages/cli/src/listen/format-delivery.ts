import type { Explanation } from '@countersign/diagnosis'
import { toOneLine } from '../output/to-one-line.js'
import type { Style, Terminal } from '../terminal.js'
import type { ListenVerdict, ReceivedDelivery } from './received-delivery.js'

/** A delivery with its explanation, if it was refused. */
export interface ExplainedDelivery extends ReceivedDelivery {
  readonly explanation: Explanation | undefined
  /** The file of its capture. */
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

/** The delivery as lines: verdict, status and ids first, then why it was refused. */
export function formatDelivery(delivery: ExplainedDelivery, terminal: Terminal): readonly string[] {
  const { verdict, receivedAt, status, event, id, attempt, code, reason, explanation, saved } = delivery
  const time = new Date(receivedAt).toTimeString().slice(0, 8)
  const facts = [
    ...(event === undefined ? [] : [toOneLine(event)]),
    ...(id === undefined ? [] : [`id ${toOneLine(id)}`]),
    ...(attempt === undefined || attempt === 1 ? [] : [`attempt ${attempt}`]),
    ...(code === undefined ? [] : [code]),
  ]
  const findings = explanation?.findings.slice(0, maxFindings) ?? []
  return [
    `${time} ${terminal.style(styles[verdict], verdict)} ${status}${facts.map((fact) => ` ${fact}`).join(',')}`,
    ...(reason === undefined ? [] : [`  ${toOneLine(reason, 300)}`]),
    ...findings.map(({ level, cause, advice }) => `  ${level}: ${cause}: ${toOneLine(advice, 400)}`),
    ...(saved === undefined ? [] : [terminal.style('dim', `  saved as ${saved}`)]),
  ]
}

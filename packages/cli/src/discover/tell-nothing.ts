import type { Discovery } from '@countersign/diagnosis'
import { oneLine } from '../output/one-line.js'

const maxSentence = 600

/** What was tried, and why it may have found nothing. */
export function tellNothing({ refusals, hints, effort, asymmetric }: Discovery): string {
  return [
    asymmetric ? 'not searched: no shared secret makes this signature' : tellEffort(refusals, effort),
    ...[...refusals, ...hints].map((text) => `- ${oneLine(text, maxSentence)}`),
  ].join('\n')
}

function tellEffort(refusals: Discovery['refusals'], effort: Discovery['effort']): string {
  const { contents, keys, places, digests, ms } = effort
  const tried = `tried ${count(contents, 'content')} with ${count(keys, 'reading')} of the secret against ${count(places, 'possible signature')}: ${count(digests, 'MAC')} in ${(ms / 1000).toFixed(1)} s`
  const head = refusals.length > 0 ? 'no scheme found, though a proof matches' : 'nothing found'
  return `${head}; ${tried}`
}

function count(number: number, thing: string): string {
  return `${number.toLocaleString('en-US')} ${thing}${number === 1 ? '' : 's'}`
}

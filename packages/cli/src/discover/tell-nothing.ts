import type { Discovery } from '@countersign/testing'
import { oneLine } from '../output/one-line.js'

const maxSentence = 400

/** What was tried, and why it may have found nothing. */
export function tellNothing({ refusals, hints, effort }: Discovery): string {
  const { contents, keys, places, digests, ms } = effort
  const tried = `tried ${count(contents, 'content')} with ${count(keys, 'reading')} of the secret against ${count(places, 'possible signature')}: ${count(digests, 'MAC')} in ${(ms / 1000).toFixed(1)} s`
  const head = refusals.length > 0 ? 'no scheme found, though a proof matches' : 'nothing found'
  return [
    `${head}; ${tried}`,
    ...[...refusals, ...hints].map((text) => `- ${oneLine(text, maxSentence)}`),
  ].join('\n')
}

function count(number: number, thing: string): string {
  return `${number.toLocaleString('en-US')} ${thing}${number === 1 ? '' : 's'}`
}

import type { Examination, SentProbe } from '../examination.js'
import { countProbes, listProbes } from '../judge-replies.js'
import { fail, type Judgement, type Property, pass } from '../property.js'
import { isFailure } from '../wire/reply.js'
import { type MalformedProbe, malformedProbes, shortSignatures } from './malformed-probes.js'

/** Each costs time, and more of them show nothing new. */
const maxSilent = 3

/** Malformed requests are sent one after the other, to see which of them kills the receiver. */
export const survivesMalformed: Property = {
  name: 'survives-malformed',
  says: 'answers malformed requests, never with 5xx, and keeps running',
  hiddenBy: ['accepts-forged', 'fails-on-forged'],
  judge: async (examination) => {
    const short = await tryInTurn(examination, shortSignatures(examination))
    if (short.died) return fail('dies-on-short-signature', listProbes([short.died]))
    const shortFailures = short.tried.filter(({ reply }) => isFailure(reply))
    if (shortFailures.length > 0) return fail('crashes-on-short-signature', listProbes(shortFailures))
    const other = await tryInTurn(examination, malformedProbes(examination))
    if (other.died) return fail('dies-on-malformed', listProbes([other.died]))
    return judgeAnswers(examination, [...short.tried, ...other.tried])
  },
}

function judgeAnswers(examination: Examination, tried: readonly SentProbe[]): Judgement {
  const failures = tried.filter(({ reply }) => isFailure(reply))
  if (failures.length > 0) return fail('crashes-on-malformed', listProbes(failures))
  const silent = tried.filter(({ reply }) => reply.end === 'silent')
  if (silent.length > 0 && !examination.faults.has('hangs-on-refused'))
    return fail('hangs-on-refused', `not answered: ${listProbes(silent)}`)
  return pass(`answered ${countProbes(tried)}`)
}

async function tryInTurn(
  examination: Examination,
  probes: readonly MalformedProbe[],
): Promise<{ readonly tried: readonly SentProbe[]; readonly died?: SentProbe }> {
  const all: SentProbe[] = []
  for (const probe of probes) {
    const tried = await examination.sendInvalid(probe)
    all.push(tried)
    if (all.filter(({ reply }) => reply.end === 'silent').length === maxSilent) break
    if (isCut(tried) && !probe.mayBeCut && (await isCutAgain(examination, probe)))
      return { tried: all, died: tried }
  }
  return { tried: all }
}

/** Sends it again, because the network may fail once. */
async function isCutAgain(examination: Examination, probe: MalformedProbe): Promise<boolean> {
  return isCut(await examination.sendInvalid(probe))
}

function isCut({ reply }: SentProbe): boolean {
  return reply.end === 'dropped' || reply.end === 'unreachable'
}

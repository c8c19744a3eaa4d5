import type { Examination, Tried } from '../examination.js'
import { countTried, listTried } from '../judge-replies.js'
import { fail, type Judgement, type Property, pass } from '../property.js'
import { isFailure } from '../wire/reply.js'
import { type MalformedProbe, malformedProbes, shortSignatures } from './malformed-probes.js'

/** Each costs time, and they tell no more than one. */
const maxSilent = 3

/** What is malformed is tried one after the other: what kills a receiver must be told from what comes after it. */
export const survivesMalformed: Property = {
  name: 'survives-malformed',
  says: 'answers what is malformed, never with 5xx, and goes on',
  hiddenBy: ['accepts-forged', 'fails-on-forged'],
  judge: async (examination) => {
    const short = await tryInTurn(examination, shortSignatures(examination))
    if (short.died) return fail('dies-on-short-signature', listTried([short.died]))
    const shortFailures = short.tried.filter(({ reply }) => isFailure(reply))
    if (shortFailures.length > 0) return fail('crashes-on-short-signature', listTried(shortFailures))
    const other = await tryInTurn(examination, malformedProbes(examination))
    if (other.died) return fail('dies-on-malformed', listTried([other.died]))
    return judgeAnswers(examination, [...short.tried, ...other.tried])
  },
}

function judgeAnswers(examination: Examination, tried: readonly Tried[]): Judgement {
  const failures = tried.filter(({ reply }) => isFailure(reply))
  if (failures.length > 0) return fail('crashes-on-malformed', listTried(failures))
  const silent = tried.filter(({ reply }) => reply.end === 'silent')
  if (silent.length > 0 && !examination.faults.has('hangs-on-refused'))
    return fail('hangs-on-refused', `not answered: ${listTried(silent)}`)
  return pass(`answered ${countTried(tried)}`)
}

async function tryInTurn(
  examination: Examination,
  probes: readonly MalformedProbe[],
): Promise<{ readonly tried: readonly Tried[]; readonly died?: Tried }> {
  const all: Tried[] = []
  for (const probe of probes) {
    const tried = await examination.refused(probe)
    all.push(tried)
    if (all.filter(({ reply }) => reply.end === 'silent').length === maxSilent) break
    if (isCut(tried) && !probe.mayBeCut && (await isCutAgain(examination, probe)))
      return { tried: all, died: tried }
  }
  return { tried: all }
}

/** Once may be an accident of the network. */
async function isCutAgain(examination: Examination, probe: MalformedProbe): Promise<boolean> {
  return isCut(await examination.refused(probe))
}

function isCut({ reply }: Tried): boolean {
  return reply.end === 'dropped' || reply.end === 'unreachable'
}

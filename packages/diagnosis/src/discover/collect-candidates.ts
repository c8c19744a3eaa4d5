import type { SchemeDescriptor, SecretValue } from '@countersign/core'
import type { Capture } from '../captures/capture.js'
import type { BodyReading } from './body-reading.js'
import { checkCandidate, type Refusal } from './check-candidate.js'
import { circumstancesOf, completeScheme } from './complete-scheme.js'
import type { SchemeCandidate } from './discovery.js'
import type { Match } from './match.js'
import { provedReadings } from './proved-schemes.js'
import { algorithms } from './search-contents.js'
import { foreignHeader } from './search-levels.js'

/** An empty body has countless equal readings. */
const maxCandidates = 24

/** Makes candidates of matches: only what `verify()` accepts for all captures becomes one. */
export class CandidateCollector {
  readonly candidates: SchemeCandidate[] = []
  /** One sentence for each match that cannot be used. */
  readonly refusals = new Map<string, string>()
  readonly #captures: readonly Capture[]
  readonly #reading: BodyReading
  readonly #secret: SecretValue
  readonly #judged = new Map<string, Refusal | undefined>()
  readonly #readings = new Set<string>()

  /** @param captures as they came, which is how `verify()` is given them */
  constructor(captures: readonly Capture[], reading: BodyReading, secret: SecretValue) {
    this.#captures = captures
    this.#reading = reading
    this.#secret = secret
  }

  /** @param capture the one in which the matches were found */
  async addMatches(matches: readonly Match[], capture: Capture): Promise<void> {
    const ranked = matches.toSorted(
      (a, b) => algorithms.indexOf(a.algorithm) - algorithms.indexOf(b.algorithm),
    )
    for (const match of ranked) {
      const header = foreignHeader(match.template)
      if (header !== undefined) {
        this.#refuse(match, unreadableHeader(header))
        continue
      }
      const readings = provedReadings(match, capture, this.#secret)
      if (readings.length === 0) this.#refuse(match, unsayableKey)
      for (const reading of readings) await this.#addReading(match, reading)
    }
  }

  /** @returns why it is no candidate */
  async addScheme(scheme: SchemeDescriptor): Promise<Refusal | undefined> {
    const key = JSON.stringify(scheme)
    if (this.#judged.has(key) || this.candidates.length >= maxCandidates) return this.#judged.get(key)
    const { plain } = this.#reading
    const found = await this.#fit({ ...scheme, ...circumstancesOf(scheme, this.#reading) })
    const refusal = 'code' in found ? found : undefined
    this.#judged.set(key, refusal)
    if ('code' in found) return refusal
    const accepts = async (next: SchemeDescriptor) => (await this.#check(next)) === undefined
    this.candidates.push(await completeScheme(found, plain, accepts))
    return undefined
  }

  /** The first way of writing the header that is accepted; the others say the same. */
  async #addReading(match: Match, forms: readonly SchemeDescriptor[]): Promise<void> {
    const { signature, ...rest } = forms[0] ?? {}
    const key = JSON.stringify([match.place.header.toLowerCase(), match.algorithm, rest])
    if (!signature || this.#readings.has(key)) return
    let refusal: Refusal | undefined
    for (const form of forms) {
      const refused = await this.addScheme(form)
      if (!refused) {
        this.#readings.add(key)
        return
      }
      // That a form does not fit the header says less than what is wrong with the header in the form that does.
      refusal ??= refused
    }
    if (refusal) this.#refuse(match, unusable(refusal))
  }

  /** Where only the payload cannot be parsed, the receiver is to leave it as bytes. */
  async #fit(scheme: SchemeDescriptor): Promise<SchemeDescriptor | Refusal> {
    const refusal = await this.#check(scheme)
    if (refusal?.code !== 'ERR_WEBHOOK_PAYLOAD_MALFORMED') return refusal ?? scheme
    const asBytes: SchemeDescriptor = { ...scheme, payload: 'bytes' }
    return (await this.#check(asBytes)) ?? asBytes
  }

  /** The first reading of a header is the best one, and so is what is wrong with it. */
  #refuse({ place, template }: Match, problem: string): void {
    const match = `"${place.header}" is the MAC of ${JSON.stringify(template.signedContent)}`
    if (!this.refusals.has(match)) this.refusals.set(match, match + problem)
  }

  #check(scheme: SchemeDescriptor): Promise<Refusal | undefined> {
    return checkCandidate(scheme, this.#captures, this.#secret)
  }
}

const unsayableKey =
  ' with a key that is the secret in another notation than schemes have; give the secret without its prefix, or its bytes in base64.'

function unreadableHeader(header: string): string {
  return `: a scheme cannot sign "${header}", which is neither a time in a form it reads nor an id.`
}

function unusable({ message, index }: Refusal): string {
  return `, but verify() refuses${index > 0 ? ` capture ${index + 1}` : ' it'}: ${message}`
}

import { randomBytes } from 'node:crypto'
import type { Scheme } from '@countersign/core'
import { type SignedRequest, type SignOptions, tamperBody } from '@countersign/testing'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'

interface FaultValues {
  readonly forge?: boolean
  readonly stale?: boolean
  readonly future?: boolean
  readonly tamper?: boolean
  readonly timestamp?: number
  readonly bodyFile?: string
  readonly form?: object
}

/** What is wrong with a delivery on purpose, so that a receiver must refuse it. */
export interface Faults {
  /** In words, for the output; empty: nothing is wrong. */
  readonly names: readonly string[]
  readonly options: SignOptions
  change(request: SignedRequest): SignedRequest
}

/** Beyond the tolerance, by more than clocks differ. */
const marginSeconds = 60

/** Adds `--forge`, `--stale`, `--future` and `--tamper`. @returns reads them */
export function addFaultOptions(command: Command): (scheme: Scheme) => Faults {
  command
    .option('--forge', 'proof made with another, random secret')
    .option('--stale', "a time before the scheme's tolerance, as of a replay")
    .option('--future', 'a time beyond it in the future')
    .option('--tamper', 'a bit of the body is changed after signing')
  return (scheme) => {
    const values: FaultValues = command.opts()
    checkFaults(values, scheme)
    const { forge = false, stale = false, future = false, tamper = false } = values
    const given = { forged: forge, stale, 'from the future': future, tampered: tamper }
    return {
      names: Object.entries(given).flatMap(([name, isGiven]) => (isGiven ? [name] : [])),
      options: {
        // Hex is a secret in every notation: as text, as base64 and as hex.
        ...(forge && { secret: forgedSecret(scheme) }),
        ...((stale || future) && { timestamp: timeBeyond(scheme, stale ? 'past' : 'future') }),
      },
      change: (request) => (tamper ? tamperBody(request) : request),
    }
  }
}

function checkFaults(values: FaultValues, { name, signature, timestamp }: Scheme): void {
  const { stale, future, tamper } = values
  const coversBody = signature.algorithm !== 'token' && signature.algorithm !== 'basic'
  if (tamper && !coversBody)
    throw new CliError(`the proof of "${name}" does not cover the body; --tamper would show nothing`)
  if (!stale && !future) return
  if (stale && future) throw new CliError('give --stale or --future, not both')
  const option = stale ? '--stale' : '--future'
  if (!timestamp) throw new CliError(`"${name}" signs no time, so nothing is too old; leave ${option} out`)
  if (values.timestamp !== undefined) throw new CliError(`give ${option} or --timestamp, not both`)
  if ('json' in timestamp && (values.bodyFile !== undefined || values.form !== undefined))
    throw new CliError(`"${name}" has its time in a JSON body; give --payload, into which it is written`)
}

function forgedSecret({ signature }: Scheme): string {
  const random = randomBytes(32).toString('hex')
  return signature.algorithm === 'basic' ? `forged:${random}` : random
}

function timeBeyond({ toleranceSeconds = 300 }: Scheme, side: 'past' | 'future'): number {
  const tolerance = typeof toleranceSeconds === 'number' ? toleranceSeconds : toleranceSeconds[side]
  const distanceMs = (tolerance + marginSeconds) * 1000
  return Date.now() + (side === 'past' ? -distanceMs : distanceMs)
}

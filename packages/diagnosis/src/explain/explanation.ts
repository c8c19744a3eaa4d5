import type { SchemeDescriptor, SecretValue, Tolerance, WebhookErrorCode } from '@countersign/core'
import type { FaultTarget } from '../recompute/types.js'

/** What a receiver is written with, so that the advice fits it. */
export type Framework =
  | 'express'
  | 'fastify'
  | 'hono'
  | 'next-app'
  | 'next-pages'
  | 'nestjs'
  | 'koa'
  | 'lambda'
  | 'node'
  | 'fetch'
  | 'django'
  | 'flask'
  | 'rails'
  | 'spring'
  | 'php'
  | 'go'

/** A secret, and what it is called, which is how advice speaks of it. */
export interface ExplainSecret {
  readonly id: string
  readonly value: SecretValue
}

/** Options of {@link explain}. */
export interface ExplainOptions {
  readonly scheme: SchemeDescriptor
  /** The first is the one in use; the others are tried: another endpoint's, the old one. */
  readonly secrets: readonly ExplainSecret[]
  /** Milliseconds since the epoch, by which the signed time is judged. Default: now. */
  readonly now?: number
  /** Default: the scheme's. */
  readonly toleranceSeconds?: number | Tolerance
  readonly framework?: Framework
  /** Milliseconds for the search. Default 5,000. */
  readonly budgetMs?: number
  /** Ends the search with its reason. */
  readonly signal?: AbortSignal
  /** Milliseconds of a clock that does not jump, for tests of the budget. */
  readonly clock?: () => number
}

/** One reason. */
export interface Finding {
  /** A stable name, as `body.trailing-newline-added`. */
  readonly cause: string
  readonly target: FaultTarget
  /** `proof`: a recomputed signature that matched shows it. `hint`: it fits what is seen. */
  readonly level: 'proof' | 'hint'
  /** What to change. It holds no secret, no expected signature and nothing of the body. */
  readonly advice: string
  /** With `request.other-scheme`: the name of the scheme of which the delivery seems to be, as the command line has it. */
  readonly scheme?: string
}

/** Why a signature does not match. */
export interface Explanation {
  /** `explained` only where a finding is a proof. */
  readonly verdict: 'valid' | 'explained' | 'unexplained'
  /** What `verify()` refused it with. */
  readonly code?: WebhookErrorCode
  /** Best first; at least one where it is not valid. */
  readonly findings: readonly Finding[]
  /** `false`: time ran out, or the body was too large for all that could be tried. */
  readonly searchedWhole: boolean
}

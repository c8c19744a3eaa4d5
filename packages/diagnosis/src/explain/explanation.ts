import type { SchemeDescriptor, SecretValue, Tolerance, WebhookErrorCode } from '@countersign/core'
import type { FaultTarget } from '../recompute/types.js'

/** The framework of the receiver, so that advice about the raw body fits it. */
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

/** A secret to try. Advice refers to it by `id`. */
export interface ExplainSecret {
  readonly id: string
  readonly value: SecretValue
}

/** Options for {@link explain}. */
export interface ExplainOptions {
  readonly scheme: SchemeDescriptor
  /** The first is the configured secret; the others are tried too, such as another endpoint's secret or the old one. */
  readonly secrets: readonly ExplainSecret[]
  /** Milliseconds since the epoch to compare the signed time with. Default: now. */
  readonly now?: number
  /** Seconds that the signed time may differ from `now`. Default: the scheme's tolerance. */
  readonly toleranceSeconds?: number | Tolerance
  /** Default: none; advice about the raw body is then general. */
  readonly framework?: Framework
  /** Time limit of the search in milliseconds. Default 5,000. */
  readonly budgetMs?: number
  /** Aborts the search: `explain` then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** A monotonic clock in milliseconds, for tests of the budget. Default: `performance.now`. */
  readonly clock?: () => number
}

/** One reason why a signature does not match. */
export interface Finding {
  /** A stable id, such as `body.trailing-newline-added`. */
  readonly cause: string
  /** What the finding blames. */
  readonly target: FaultTarget
  /** `proof`: a recomputed signature matched. `hint`: the cause is consistent with the request. */
  readonly level: 'proof' | 'hint'
  /** What is wrong and what to change. It contains no secret, no expected signature and nothing of the body. */
  readonly advice: string
  /** With `request.other-scheme`: the name of the scheme the delivery seems to use, as the command line's `--scheme` takes it. */
  readonly scheme?: string
}

/** The result of {@link explain}. */
export interface Explanation {
  /** `valid`: the signature is correct. `explained`: at least one finding is a proof. `unexplained`: there are only hints. */
  readonly verdict: 'valid' | 'explained' | 'unexplained'
  /** The error code with which `verify()` refused the delivery. */
  readonly code?: WebhookErrorCode
  /** Best first; at least one unless the verdict is `valid`. */
  readonly findings: readonly Finding[]
  /** `false`: time ran out, or the body was too large for some variants. */
  readonly searchedWhole: boolean
}

import type { ReceiverOptions, SecretResolver } from '@countersign/core'
import { hmacScheme, scratcher, slack, visibuild } from '@countersign/core/schemes'
import { contractSettings } from './contract-settings.js'
import { customVisibuild } from './custom-visibuild.js'

/** What a kind of route is for. */
export interface RouteKind {
  /** What the receiver is set up with, beside what all routes have. */
  readonly options: Pick<ReceiverOptions, 'scheme' | 'secret'> & Partial<ReceiverOptions>
  readonly isParsedBefore?: boolean
  readonly isMountedTwice?: boolean
}

/** The kinds of routes whose deliveries are no vectors. Each is mounted in both forms, at `/contract/<kind>/<form>`. */
export type RouteKindName =
  | 'plain'
  | 'impatient'
  | 'parsed'
  | 'twice'
  | 'basic'
  | 'bytes'
  | 'exhausting'
  | 'exposing'
  | 'resolved'
  | 'crowded'
  | 'form'
  | 'custom'
  | 'impatient-custom'

/** What kinds of routes call that a case can hold or let fail. */
export interface RouteCalls {
  /** What the routes of the kind `resolved` have for a secret. */
  readonly askForSecret: SecretResolver
  /** What the verifiers of custom schemes meet first. */
  readonly meetVerifier: () => Promise<void> | undefined
}

/** For whoever only looks at the options. */
export const noCalls: RouteCalls = { askForSecret: () => undefined, meetVerifier: () => undefined }

export function plainRoutes({
  askForSecret,
  meetVerifier,
}: RouteCalls): Readonly<Record<RouteKindName, RouteKind>> {
  const { secret, secretId, rotated, credentials, maxBodyBytes, exhaustAfter, impatientMs } = contractSettings
  const signed = { scheme: visibuild(), secret: [{ id: secretId, value: secret }], maxBodyBytes }
  const bothSecrets = {
    secret: [
      { id: secretId, value: secret },
      { id: rotated.id, value: rotated.secret },
    ],
  }
  return {
    plain: { options: signed },
    impatient: { options: { ...signed, bodyTimeoutMs: impatientMs } },
    parsed: { options: signed, isParsedBefore: true },
    twice: { options: { ...signed, endpoint: 'twice' }, isMountedTwice: true },
    basic: { options: { scheme: scratcher(), secret: { ...credentials } } },
    bytes: {
      options: { scheme: hmacScheme({ name: 'bytes', header: 'X-Signature', payload: 'bytes' }), secret },
    },
    exhausting: { options: { ...signed, exhaustAfter } },
    exposing: { options: { ...signed, exposeReason: true } },
    crowded: { options: { ...signed, maxPendingBytes: maxBodyBytes } },
    form: { options: { scheme: slack(), secret } },
    custom: { options: { ...signed, ...bothSecrets, scheme: customVisibuild(meetVerifier) } },
    'impatient-custom': {
      options: { ...signed, scheme: customVisibuild(meetVerifier, { verifyTimeoutMs: impatientMs }) },
    },
    resolved: { options: { ...signed, secret: askForSecret } },
  }
}

/** The path of a route that is no group's. */
export function routePath(kind: RouteKindName, form: string): string {
  return `/contract/${kind}/${form}`
}

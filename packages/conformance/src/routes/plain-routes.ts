import type { ReceiverOptions, SecretResolver } from '@countersign/core'
import { hmacScheme, scratcher, slack, visibuild } from '@countersign/core/schemes'
import { contractSettings } from './contract-settings.js'
import { customVisibuild } from './custom-visibuild.js'

/** A kind of route, with its own receiver options. */
export interface RouteKind {
  /** The receiver options, in addition to those of all routes. */
  readonly options: Pick<ReceiverOptions, 'scheme' | 'secret'> & Partial<ReceiverOptions>
  readonly isParsedBefore?: boolean
  readonly isMountedTwice?: boolean
}

/** The kinds of routes for cases. Each is mounted in both forms, at `/contract/<kind>/<form>`. */
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

/** Functions of a route that a case can hold or make fail. */
export interface RouteCalls {
  /** The secret resolver of routes of the kind `resolved`. */
  readonly askForSecret: SecretResolver
  /** Runs first in the verifiers of custom schemes. */
  readonly disturbVerifier: () => Promise<void> | undefined
}

/** For callers that only need the options. */
export const ignoreCalls: RouteCalls = { askForSecret: () => undefined, disturbVerifier: () => undefined }

export function plainRoutes({
  askForSecret,
  disturbVerifier,
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
    custom: { options: { ...signed, ...bothSecrets, scheme: customVisibuild(disturbVerifier) } },
    'impatient-custom': {
      options: { ...signed, scheme: customVisibuild(disturbVerifier, { verifyTimeoutMs: impatientMs }) },
    },
    resolved: { options: { ...signed, secret: askForSecret } },
  }
}

/** The path of a route for cases. */
export function routePath(kind: RouteKindName, form: string): string {
  return `/contract/${kind}/${form}`
}

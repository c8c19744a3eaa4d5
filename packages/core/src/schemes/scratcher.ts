import { WebhookConfigurationError } from '../errors.js'
import { basicScheme } from './basic-scheme.js'
import { hmacScheme } from './hmac-scheme.js'
import type { HmacAlgorithm, Scheme, SchemeOptions, SignatureEncoding } from './scheme-descriptor.js'
import { tokenScheme } from './token-scheme.js'

/** A flat set of fields, as the campaign's owner mapped them. The standard payload is not shown. */
export interface ScratcherPayload {
  readonly [field: string]: unknown
}

/** What a campaign sends: the page "Webhooks" names no events. */
export interface ScratcherEvent {
  readonly event: undefined
  readonly payload: ScratcherPayload
}

/** How a campaign proves itself. */
export type ScratcherProof =
  /** The user name and password of the webhook's settings. */
  | { readonly proof?: 'basic' }
  /** The settings' secret, repeated in a header. */
  | { readonly proof: 'token'; readonly header: string; readonly prefix?: string; readonly query?: undefined }
  /** A token of your own in the webhook's URL, as `?token=...`: the one proof that a GET can carry. */
  | {
      readonly proof: 'token'
      readonly query: string
      readonly header?: undefined
      /** Default both. */
      readonly methods?: readonly ('GET' | 'POST')[]
    }
  /** The settings' secret as the key of an HMAC over the raw body. */
  | {
      readonly proof: 'hmac'
      readonly header: string
      readonly prefix?: string
      /** Default `hex`. */
      readonly encoding?: SignatureEncoding
      /** Default `hmac-sha256`. */
      readonly algorithm?: HmacAlgorithm
    }

/** Options of {@link scratcher}. */
export type ScratcherOptions = SchemeOptions & ScratcherProof

/**
 * Scratcher, as its page "Webhooks" says: HTTP Basic credentials on a POST of JSON or of a form.
 *
 * A GET carries no credentials and is refused, unless the URL contains a token (`{ proof: 'token', query: 'token' }`);
 * then the payload is the rest of the query if the body is empty. The page also mentions an optional verification secret
 * without its header and format: set `proof` to what your campaign sends. Not documented: retries, ids, timestamps, a
 * response deadline. So nothing identifies an event unless `identity` names a field that Scratcher itself sets.
 *
 * @throws WebhookConfigurationError `ERR_WEBHOOK_OPTION_INVALID` for an unknown proof
 *
 * @example
 * const receiver = createReceiver({ endpoint: 'hooks', scheme: scratcher(), secret: process.env.SCRATCHER_CREDENTIALS })
 */
export function scratcher(options: ScratcherOptions = {}): Scheme<ScratcherEvent> {
  const name = 'scratcher'
  const payload = 'json-or-form'
  switch (options.proof) {
    case undefined:
    case 'basic': {
      const { proof, ...others } = options
      return basicScheme<ScratcherEvent>({ ...others, name, payload })
    }
    case 'hmac': {
      const { proof, ...others } = options
      return hmacScheme<ScratcherEvent>({ ...others, name, payload })
    }
    case 'token': {
      const { proof, ...others } = options
      if (others.query === undefined) return tokenScheme<ScratcherEvent>({ ...others, name, payload })
      return tokenScheme<ScratcherEvent>({
        ...others,
        methods: others.methods ?? ['GET', 'POST'],
        name,
        payload: 'query-or-body',
      })
    }
    default:
      throw new WebhookConfigurationError(
        'ERR_WEBHOOK_OPTION_INVALID',
        "scratcher: proof must be 'basic', 'token' or 'hmac'",
      )
  }
}

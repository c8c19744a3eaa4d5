import type { WebhookError } from '../errors.js'
import type { HookInfo, ReceiverHooks } from '../options.js'
import type { SchemeDescriptor } from '../schemes/scheme-descriptor.js'
import type { Outcome } from '../types.js'
import { describeThrown, typeNameWithCode } from './describe-thrown.js'

/** What a log line describes: a hook's info, and what only the receiver knows. */
export interface LoggedEvent {
  readonly hook: keyof ReceiverHooks
  readonly info: HookInfo
  /** The outcome's type, if it is known already. */
  readonly outcome: Outcome['type'] | undefined
  readonly scheme: SchemeDescriptor
}

/** Describes what happened and what follows from it; undefined if there is nothing to log. */
export function describeEvent(happening: LoggedEvent): string | undefined {
  const { hook, info, outcome } = happening
  const { error, code } = info
  switch (hook) {
    case 'onRejected':
      if (error?.name === 'WebhookConfigurationError') return undefined
      return error?.name === 'WebhookVerificationError'
        ? `refused: ${withCauseNames(error)}`
        : withCauses(error)
    case 'onFailed':
      // The line of onExhausted covers it.
      if (outcome === 'exhausted') return undefined
      return code === 'ERR_WEBHOOK_HANDLER_TIMEOUT'
        ? error?.message
        : `${describeFailure(error)} ${describeConsequence(happening)}`
    case 'onExhausted':
      return `${error ? describeExhaustion(error) : 'The delivery was not handled.'} ${exhausted}`
    case 'onHeld':
      return `An earlier attempt was cut off, and onExpiredLease is "hold": the event waits for you. Check its effects, then let it run again with store.forget() or "countersign store forget".`
    case 'onConflict':
      return 'The id of a handled event arrived again with a different body, which was not handled. An id must identify one event: ask the sender, or set the scheme’s identity.'
    case 'onStoreError':
      return `${withCauses(error)} ${describeStoreConsequence(happening)}`.trim()
    default:
      return undefined
  }
}

const exhausted =
  'It was the last attempt before the sender switches the endpoint off: answered 200 and kept as failed. List it with store.list() or "countersign store list".'

/** Describes a handler's failure, or a payload that cannot be read. */
function describeExhaustion(error: WebhookError): string {
  return error.name === 'WebhookVerificationError' ? withCauseNames(error) : describeFailure(error)
}

/** Describes a handler's failure by its own error, if there is one. */
function describeFailure(error: WebhookError | undefined): string {
  const { message = 'The handler failed.', code, cause } = error ?? {}
  if (code === 'ERR_WEBHOOK_HANDLER_FAILED_FOR_GOOD')
    return sentence(`The handler failed for good: ${error && describeThrown(error)}`)
  const [what = ''] = message.split(/[;.]/, 1)
  return error && 'cause' in error ? sentence(`${what}: ${describeThrown(cause)}`) : sentence(message)
}

function describeConsequence({ outcome, scheme }: LoggedEvent): string {
  if (outcome === 'failed-for-good')
    return 'It is kept as failed and does not run again. List it with store.list() or "countersign store list".'
  return scheme.retries?.length === 1
    ? 'The sender does not retry: send the delivery again from its page.'
    : 'The sender’s next attempt runs it again.'
}

function describeStoreConsequence({ outcome }: LoggedEvent): string {
  if (outcome === 'unavailable') return 'The delivery was answered 503; the sender retries.'
  if (outcome === 'processed') return 'The event was handled; a repetition may be handled again.'
  return ''
}

function withCauses(error: Error | undefined): string {
  if (!error) return 'an unknown error'
  return 'cause' in error ? sentence(`${error.message} ${describeThrown(error.cause)}`) : error.message
}

/** Only the names of causes: the message of a parser, a schema or an SDK may quote the request. */
function withCauseNames(error: WebhookError): string {
  return 'cause' in error ? `${error.message} (${typeNameWithCode(error.cause)})` : error.message
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

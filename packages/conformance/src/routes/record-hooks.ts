import type { HookInfo, ReceiverHooks } from '@countersign/core'
import type { ContractEntry } from './contract-command.js'

/** Hooks that write down what they are told. */
export function recordHooks(record: (entry: ContractEntry) => void): ReceiverHooks {
  const note =
    (type: 'duplicate' | 'conflict' | 'handled' | 'failed' | 'exhausted' | 'store-error') =>
    ({ code }: HookInfo) =>
      record({ type, code: code ?? null })
  return {
    onRejected: ({ code, authentic, durationMs }) =>
      record({ type: 'rejected', code: code ?? null, authentic, durationMs }),
    onDuplicate: note('duplicate'),
    onConflict: note('conflict'),
    onHandled: note('handled'),
    onFailed: note('failed'),
    onExhausted: note('exhausted'),
    onStoreError: note('store-error'),
  }
}

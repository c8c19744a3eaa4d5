import type { DedupeStore } from '@countersign/core'
import type { InspectableStore, TransactionalStore } from '@countersign/core/stores'

/** An operation of any store. */
export type StoreOperation = Exclude<keyof (InspectableStore & TransactionalStore), 'name' | 'shared'>

/** The same store, each of whose operations goes through a function first. It has all that the store itself has. */
export function interceptStore<Store extends DedupeStore>(
  store: Store,
  intercept: (operation: StoreOperation, call: () => unknown) => unknown,
): Store {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => intercept(name as StoreOperation, () => value.apply(target, args))
    },
  })
}

/** A store that fails once, at the operation: before it takes effect, or with only its answer lost. */
export function failOnce<Store extends DedupeStore>(
  store: Store,
  operation: StoreOperation,
  { takesEffect = false }: { readonly takesEffect?: boolean } = {},
): Store {
  let isLeft = true
  return interceptStore(store, async (asked, call) => {
    if (asked !== operation || !isLeft) return call()
    isLeft = false
    if (takesEffect) await call()
    throw new Error('the connection was lost')
  })
}

/** The part of `AsyncLocalStorage` that is used here. */
export interface AsyncContext<TStore> {
  run<TResult>(store: TStore, task: () => TResult): TResult
  getStore(): TStore | undefined
}

type Constructor = new <TStore>() => AsyncContext<TStore>

/**
 * Creates an async context. Node, Bun, Deno and Workers with `nodejs_compat` have it among their modules, the edge runtime of Next.js
 * as a global. It is not imported, because the package would then fail to load on runtimes without it.
 *
 * @returns undefined if the runtime has none
 */
export function createAsyncContext<TStore>(): AsyncContext<TStore> | undefined {
  const { AsyncLocalStorage, process } = globalThis as {
    AsyncLocalStorage?: Constructor
    process?: { getBuiltinModule?: (name: string) => { AsyncLocalStorage: Constructor } | undefined }
  }
  const Storage = AsyncLocalStorage ?? process?.getBuiltinModule?.('async_hooks')?.AsyncLocalStorage
  return Storage && new Storage<TStore>()
}

/** What runtimes call `AsyncLocalStorage`, as far as it is used here. */
export interface AsyncContext<TStore> {
  run<TResult>(store: TStore, task: () => TResult): TResult
  getStore(): TStore | undefined
}

type Constructor = new <TStore>() => AsyncContext<TStore>

/**
 * Node, Bun, Deno and Workers with `nodejs_compat` have it among their modules, the edge runtime of Next.js as a global. Importing the
 * module would keep the package from loading where it is missing.
 *
 * @returns undefined where the runtime has none
 */
export function createAsyncContext<TStore>(): AsyncContext<TStore> | undefined {
  const { AsyncLocalStorage, process } = globalThis as {
    AsyncLocalStorage?: Constructor
    process?: { getBuiltinModule?: (name: string) => { AsyncLocalStorage: Constructor } | undefined }
  }
  const Storage = AsyncLocalStorage ?? process?.getBuiltinModule?.('async_hooks')?.AsyncLocalStorage
  return Storage && new Storage<TStore>()
}

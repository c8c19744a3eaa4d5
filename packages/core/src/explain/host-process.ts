/** What is used of Node's `process`, which other runtimes have in part or not at all. */
export interface HostProcess {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly argv?: readonly string[]
  cwd?(): string
  getBuiltinModule?(name: string): unknown
}

/** The global is asked for by its name: bundlers take the words `process.env.NODE_ENV` for a constant. */
export function hostProcess(): HostProcess | undefined {
  return (globalThis as { readonly process?: HostProcess }).process
}

/** Whether `NODE_ENV` is exactly `development`. A runtime that refuses to tell, as Deno does, is not in development. */
export function isDevelopment(): boolean {
  try {
    return hostProcess()?.env?.NODE_ENV === 'development'
  } catch {
    return false
  }
}

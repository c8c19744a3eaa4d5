/** What is used of Node's `process`, which other runtimes have in part or not at all. */
export interface HostProcess {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly argv?: readonly string[]
  cwd?(): string
  getBuiltinModule?(name: string): unknown
}

/** The global is asked for by its name: bundlers take the words `process.env.NODE_ENV` for a constant. */
export function getHostProcess(): HostProcess | undefined {
  return (globalThis as { readonly process?: HostProcess }).process
}

/** `NODE_ENV`; undefined where it is not set, or where the runtime refuses to say, as Deno does. */
export function readNodeEnv(): string | undefined {
  try {
    return getHostProcess()?.env?.NODE_ENV
  } catch {
    return undefined
  }
}

/** Whether `NODE_ENV` is exactly `development`. */
export function isDevelopment(): boolean {
  return readNodeEnv() === 'development'
}

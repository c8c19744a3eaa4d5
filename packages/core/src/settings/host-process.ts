/** The part of Node's `process` that is used here. Other runtimes have some of it or none. */
export interface HostProcess {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly argv?: readonly string[]
  cwd?(): string
  getBuiltinModule?(name: string): unknown
}

/** Reads the global by name: bundlers replace the text `process.env.NODE_ENV` with a constant. */
export function getHostProcess(): HostProcess | undefined {
  return (globalThis as { readonly process?: HostProcess }).process
}

/** `NODE_ENV`; undefined if it is not set, or if the runtime refuses access, as Deno does. */
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

/** A command line that handles the canary, well or badly. Nothing of it may be written. */
export interface CanaryRun {
  readonly name: string
  /** `S` is the environment variable with the canary, `O` the one with another secret. */
  readonly args: (canary: Canary) => readonly string[]
  readonly stdin?: (canary: Canary) => string | Uint8Array
  /** Written into the folder before; not searched after. */
  readonly files?: (canary: Canary) => Readonly<Record<string, string | Uint8Array>>
  /** What it must end with, to know that it ran as meant; several, where that is up to the time it has. */
  readonly code: number | readonly number[] | ((canary: Canary) => number)
}

/** The secret as it is configured, and what is looked for. */
export interface Canary {
  /** One character a byte where it is no text. */
  readonly text: string
  readonly bytes: Uint8Array
}

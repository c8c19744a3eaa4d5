import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { addAbortSignal, type Readable, type Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { styleText } from 'node:util'
import { CliError } from './cli-error.js'
import { describeFileError } from './describe-file-error.js'
import { withholdIn } from './output/withhold-in.js'
import { notationsOf, withholdNotations } from './output/withhold-secrets.js'

/** What a process has, so that tests can bring their own. */
export interface ProcessParts {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: Writable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal
}

/** The styles there are. Where nobody looks (a pipe, `NO_COLOR`) text stays as it is. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

/** The only way out for text: whatever is printed or saved, no secret that was read stands in it, in any notation. */
export class Terminal {
  readonly parts: ProcessParts
  readonly #notations = new Set<string>()
  #stdinReader: string | undefined

  constructor(parts: ProcessParts) {
    this.parts = parts
  }

  /** From now on the secret is withheld from all that is written. */
  withhold(secret: string | Uint8Array): void {
    for (const notation of notationsOf(secret)) this.#notations.add(notation)
  }

  /** The text without the secrets. */
  clean(text: string): string {
    return withholdNotations(text, this.#notations)
  }

  print(text: string): void {
    this.write(`${text}\n`)
  }

  /** Prints a value for machines. Only its texts are searched, so that it is JSON whatever the secret is. */
  printJson(value: unknown): void {
    const plain: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
    const cleaned = withholdIn(plain, (text) => this.clean(text))
    this.parts.stdout.write(`${JSON.stringify(cleaned, undefined, 2)}\n`)
  }

  /** Writes to stdout without a line end; bytes stay as they are. */
  write(content: string | Uint8Array): void {
    this.parts.stdout.write(this.#cleanContent(content))
  }

  printError(text: string): void {
    this.parts.stderr.write(`${this.clean(text)}\n`)
  }

  /**
   * Writes a file, over what is there.
   *
   * @throws CliError where that is not possible
   */
  async save(path: string, content: string | Uint8Array): Promise<void> {
    await writeFile(resolve(this.parts.cwd, path), this.#cleanContent(content)).catch((error) => {
      throw new CliError(`cannot write "${path}": ${describeFileError(error)}`)
    })
  }

  /**
   * Reads stdin to its end, once.
   *
   * @param what it holds, for the message: `the secret`
   * @throws CliError where something else has read it
   */
  async readStdin(what: string): Promise<Buffer> {
    if (this.#stdinReader !== undefined)
      throw new CliError(
        `stdin cannot hold both ${this.#stdinReader} and ${what}; give one of them another way`,
      )
    this.#stdinReader = what
    return buffer(addAbortSignal(this.parts.interrupted, this.parts.stdin))
  }

  /** The reader of stdout has gone, as `head` does: nobody is left to tell. */
  get isClosed(): boolean {
    return this.parts.interrupted.reason === closed
  }

  style(style: Style, text: string): string {
    const { stdout, env } = this.parts
    return stdout.isTTY && !env.NO_COLOR ? styleText(style, text, { validateStream: false }) : text
  }

  #cleanContent(content: string | Uint8Array): string | Uint8Array {
    if (this.#notations.size === 0) return content
    if (typeof content === 'string') return this.clean(content)
    // One character a byte, and back.
    const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1')
    return Buffer.from(this.clean(text), 'latin1')
  }
}

/** Why a command is interrupted when its reader has gone. */
export const closed = Symbol('stdout is closed')

import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { addAbortSignal, type Readable, type Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { styleText } from 'node:util'
import { CliError } from './errors/cli-error.js'
import { describeFileError } from './errors/describe-file-error.js'
import { type ExitCode, exitCodes } from './exit-codes.js'
import { listNotations } from './output/secret-notations.js'
import { withholdInJson } from './output/withhold-in-json.js'
import { withholdInText } from './output/withhold-in-text.js'

/** The parts of the process that a command uses. Tests pass their own. */
export interface ProcessParts {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number }
  readonly stderr: Writable & { readonly isTTY?: boolean }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal
}

/** Styles of text on a terminal. In a pipe, or with `NO_COLOR`, text stays plain. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'

/**
 * What a command reads from and writes to. All text goes through here, so that nothing that is printed or saved holds a
 * secret that was read, in any notation.
 */
export class Terminal {
  readonly parts: ProcessParts
  /** What the user typed after `countersign`. */
  readonly args: readonly string[]
  /** What the process ends with, unless the command throws. */
  exitCode: ExitCode = exitCodes.ok
  readonly #notations = new Set<string>()
  #stdinReader: string | undefined

  constructor(parts: ProcessParts, args: readonly string[]) {
    this.parts = parts
    this.args = args
  }

  /** Withholds the secret from everything that is written after this call. */
  withhold(secret: string | Uint8Array): void {
    for (const notation of listNotations(secret)) this.#notations.add(notation)
  }

  /** The text without the secrets. */
  clean(text: string): string {
    return withholdInText(text, this.#notations)
  }

  print(text: string): void {
    this.write(`${text}\n`)
  }

  printLines(lines: readonly string[]): void {
    for (const line of lines) this.print(line)
  }

  /** Prints a value for machines. Only its texts are searched for secrets, so that it stays JSON. */
  printJson(value: unknown): void {
    this.parts.stdout.write(`${JSON.stringify(this.#cleanJson(value), undefined, 2)}\n`)
  }

  /** Prints a value on one line, for commands that print one value after the other. */
  printJsonLine(value: object): void {
    this.parts.stdout.write(`${JSON.stringify(this.#cleanJson(value))}\n`)
  }

  /** Writes to stdout without adding a line end. */
  write(content: string | Uint8Array): void {
    this.parts.stdout.write(this.#cleanContent(content))
  }

  printError(text: string): void {
    this.parts.stderr.write(`${this.clean(text)}\n`)
  }

  /**
   * Writes a file, and replaces one that exists.
   *
   * @throws CliError if the file cannot be written
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
   * @throws CliError if something else has read it
   */
  async readStdin(what: string): Promise<Buffer> {
    if (this.#stdinReader !== undefined)
      throw new CliError(
        `stdin cannot hold both ${this.#stdinReader} and ${what}; read one of them from a file`,
      )
    this.#stdinReader = what
    return buffer(addAbortSignal(this.parts.interrupted, this.parts.stdin))
  }

  /** Whether the reader of stdout has closed the pipe, as `head` does. */
  get isClosed(): boolean {
    return this.parts.interrupted.reason === closed
  }

  style(style: Style, text: string): string {
    const { stdout, env } = this.parts
    return stdout.isTTY && !env.NO_COLOR ? styleText(style, text, { validateStream: false }) : text
  }

  #cleanJson(value: unknown): unknown {
    const plain: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
    return withholdInJson(plain, (text) => this.clean(text))
  }

  #cleanContent(content: string | Uint8Array): string | Uint8Array {
    if (this.#notations.size === 0) return content
    if (typeof content === 'string') return this.clean(content)
    // Latin-1 maps each byte to one character, and back without loss.
    const text = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1')
    return Buffer.from(this.clean(text), 'latin1')
  }
}

/** The abort reason when the reader of stdout has closed the pipe. */
export const closed = Symbol('stdout is closed')

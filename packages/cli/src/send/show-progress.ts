import { type Options, Presets, SingleBar } from 'cli-progress'
import type { Terminal } from '../terminal.js'

/** Tells how far a long command is. */
export interface Progress {
  advance(): void
  /** Takes the bar away. */
  stop(): void
}

/** A bar on stderr, where that is a terminal; it holds numbers alone. Elsewhere nothing: a log wants no bars. */
export function showProgress(total: number, { parts }: Terminal): Progress {
  if (!parts.stderr.isTTY || total < 2) return { advance: () => {}, stop: () => {} }
  const options: Options = {
    stream: parts.stderr as NodeJS.WriteStream,
    format: '{bar} {value}/{total}, {eta_formatted} left',
    clearOnComplete: true,
    hideCursor: true,
    // It would stay when the process is ended by a signal; the command ends it itself.
    gracefulExit: false,
  }
  const bar = new SingleBar(options, Presets.shades_classic)
  bar.start(total, 0)
  return { advance: () => bar.increment(), stop: () => bar.stop() }
}

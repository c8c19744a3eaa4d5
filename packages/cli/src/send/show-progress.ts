import { type Options, Presets, SingleBar } from 'cli-progress'
import type { Terminal } from '../terminal.js'

/** The progress of a long command. */
export interface Progress {
  advance(): void
  /** Removes the bar. */
  stop(): void
}

/** Shows a progress bar on stderr if that is a terminal, and nothing otherwise: a log file needs no bar. */
export function showProgress(total: number, { parts }: Terminal): Progress {
  if (!parts.stderr.isTTY || total < 2) return { advance: () => {}, stop: () => {} }
  const options: Options = {
    stream: parts.stderr as NodeJS.WriteStream,
    format: '{bar} {value}/{total}, {eta_formatted} left',
    clearOnComplete: true,
    hideCursor: true,
    // Its own signal handlers would end the process; the command stops the bar itself.
    gracefulExit: false,
  }
  const bar = new SingleBar(options, Presets.shades_classic)
  bar.start(total, 0)
  return { advance: () => bar.increment(), stop: () => bar.stop() }
}

import { format } from 'node:util'
import { vi } from 'vitest'

/** All that is written while a test runs, the way it would be seen. */
export interface CollectedLines {
  /** Texts in their order; one may hold a stack below its line. */
  readonly texts: readonly string[]
  /** For a logger that writes JSON. */
  readonly print: (json: string) => void
}

export function collectLines(): CollectedLines {
  const texts: string[] = []
  for (const level of ['error', 'warn', 'log', 'info'] as const)
    vi.spyOn(console, level).mockImplementation((...args) => void texts.push(`${level} ${format(...args)}`))
  return {
    texts,
    print: (json) => {
      const { level, msg, err } = JSON.parse(json)
      texts.push(`${level >= 50 ? 'error' : 'warn'} ${msg}${err?.stack ? `\n${err.stack}` : ''}`)
    },
  }
}

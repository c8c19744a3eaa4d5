import type { ContractProgram, Target } from './contract-program.js'
import { createControl } from './create-control.js'

/** Finds where the program listens, and how to send it commands. */
export function locateProgram({ origin, control }: ContractProgram): Omit<Target, 'limitMs' | 'rejections'> {
  const { hostname: host, port: digits, pathname } = new URL(origin)
  const place = { host, port: Number(digits || 80), prefix: pathname.replace(/\/$/, '') }
  return control ? { ...place, control, close: () => {} } : { ...place, ...createControl(place) }
}

import type { DeliveryRow } from './delivery-row.js'

/** What an operation returns, and what it makes of the record: another row, none (`null`), or no change. */
export interface Transition<T> {
  readonly answer: T
  readonly row?: DeliveryRow | null
}

/** An operation on a key's record. A forgotten record is undefined. */
export type Change<T> = (row: DeliveryRow | undefined, now: number) => Transition<T>

/** Whether the token owns the claim, even if its lease has ended. */
export function owns(row: DeliveryRow, token: string): boolean {
  return row.state === 'claimed' && row.token === token
}

/** A time in whole milliseconds that a column can hold; `Infinity` becomes the last one. */
export function after(now: number, ms: number): number {
  return Math.min(Math.ceil(now + ms), Number.MAX_SAFE_INTEGER)
}

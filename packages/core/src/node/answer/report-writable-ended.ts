import type { ServerResponse } from 'node:http'

/** What the getter of a response needs. */
interface Reported {
  /** Whose getter says whether Node has ended the answer. */
  readonly prototype: object
  readonly reports: (() => boolean)[]
}

const reportedBy = Symbol('countersign.reported')

type ReportingResponse = ServerResponse & { [reportedBy]?: Reported }

/** Shared by all responses: with a getter of its own, V8 would turn each response into a dictionary. */
const sharedGetter: PropertyDescriptor & ThisType<ReportingResponse> = {
  configurable: true,
  get() {
    const { prototype, reports } = this[reportedBy] as Reported
    return reports.some((hasEnded) => hasEnded()) || Reflect.get(prototype, 'writableEnded', this)
  },
}

/**
 * Makes `writableEnded` true as soon as the route has called `end()`, as on a plain response, although the real end is deferred.
 * Frameworks check it before they answer a second time: Fastify would close the connection of an answer that waits.
 */
export function reportWritableEnded(response: ServerResponse, hasEnded: () => boolean): void {
  const reporting: ReportingResponse = response
  const before = Object.getOwnPropertyDescriptor(response, 'writableEnded')?.get
  if (before === undefined) {
    reporting[reportedBy] = { prototype: Object.getPrototypeOf(response), reports: [hasEnded] }
    Object.defineProperty(response, 'writableEnded', sharedGetter)
  } else if (before === sharedGetter.get) {
    reporting[reportedBy]?.reports.push(hasEnded)
  } else {
    const get = () => hasEnded() || Reflect.apply(before, response, [])
    Object.defineProperty(response, 'writableEnded', { configurable: true, get })
  }
}

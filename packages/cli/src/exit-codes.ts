/** What the process ends with. These are stable, as error codes are; `docs/cli/README.md` lists them. */
export const exitCodes = {
  /** Done; where there was a question, the answer is yes. */
  ok: 0,
  /** Done, and the answer is no: refused, failed, not found. */
  no: 1,
  /** The command cannot run as it was given: an option, a file or a setting is wrong. */
  usage: 2,
  /** Nobody answers: an endpoint or a database cannot be reached. */
  unreachable: 3,
  /** Ctrl-C. */
  interrupted: 130,
} as const

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

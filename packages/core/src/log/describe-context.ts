import type { HookInfo } from '../options.js'

const maxPartLength = 200

/** Describes a delivery so that it can be found again. Names from the request may be an attacker's, so they are cut. */
export function describeContext(info: HookInfo): string {
  const { code, event, id, attempt, tenant, scheme, method, path, requestId } = info
  const parts = [
    code,
    event !== undefined && `event ${event}`,
    id !== undefined && `id ${id}`,
    attempt !== undefined && `attempt ${attempt}`,
    tenant !== undefined && `tenant ${tenant}`,
    `scheme ${scheme}`,
    `${method} ${path}`,
    requestId !== undefined && `request ${requestId}`,
  ]
  return parts
    .filter((part) => typeof part === 'string')
    .map((part) => part.slice(0, maxPartLength))
    .join(', ')
}

/** The same for structured loggers. The error itself is left out: it may contain secrets. */
export function toLogFields({ error, ...info }: HookInfo, stack: string | undefined): object {
  if (!error) return info
  return { ...info, err: { name: error.name, code: error.code, ...(stack !== undefined && { stack }) } }
}

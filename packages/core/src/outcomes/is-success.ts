/** 2xx completes the claim; any other status releases it. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

/** Whether a status completes the claim (2xx); any other status releases it. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300
}

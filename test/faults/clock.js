/** The machine's monotonic clock in milliseconds. All processes of the machine share it. */
export function monotonic() {
  return Number(process.hrtime.bigint()) / 1e6
}

/** Collects unhandled promise rejections between `begin` and `end`, including those of a program that runs in this process. */
export function watchRejections() {
  const seen: string[] = []
  const note = (reason: unknown) => void seen.push(String(reason))
  return {
    begin: () => void process.on('unhandledRejection', note),
    end: () => void process.off('unhandledRejection', note),
    list: (): readonly string[] => seen,
  }
}

/** Collects promises that nobody looks after, as long as it watches. Where the program runs in this process, they are its own. */
export function watchRejections() {
  const seen: string[] = []
  const note = (reason: unknown) => void seen.push(String(reason))
  return {
    begin: () => void process.on('unhandledRejection', note),
    end: () => void process.off('unhandledRejection', note),
    list: (): readonly string[] => seen,
  }
}

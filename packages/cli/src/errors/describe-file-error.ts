/** Errors of the file system in plain words, by their code. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder; name a file in it',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
}

/** Why a file could not be read or written. */
export function describeFileError(error: unknown): string {
  const code = String((error as NodeJS.ErrnoException).code)
  return reasons[code] ?? code
}

import { CaptureError } from './capture.js'

/** What people take for a capture, told by its first bytes. */
const otherKinds: readonly (readonly [start: string, kind: string])[] = [
  ['\xff\xfe', 'is UTF-16 text; save it as UTF-8'],
  ['\xfe\xff', 'is UTF-16 text; save it as UTF-8'],
  ['\x1f\x8b', 'is compressed with gzip; unpack it first'],
  ['PK\x03\x04', 'is a ZIP archive; unpack it first'],
  ['\xd4\xc3\xb2\xa1', 'is a packet capture; export the HTTP request from it'],
  ['\xa1\xb2\xc3\xd4', 'is a packet capture; export the HTTP request from it'],
  ['\x0a\x0d\x0d\x0a', 'is a packet capture; export the HTTP request from it'],
]

/** @throws CaptureError for files that can hold no request in any form */
export function checkFileKind(content: Buffer): void {
  const start = content.subarray(0, 1024).toString('latin1')
  if (start.trim() === '') {
    throw new CaptureError(
      content.length === 0 ? 'the capture is empty' : 'the capture is empty but for white space',
    )
  }
  const other = otherKinds.find(([bytes]) => start.startsWith(bytes))
  if (other) throw new CaptureError(`the capture ${other[1]}`)
}

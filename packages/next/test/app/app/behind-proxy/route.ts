import { visibuild } from '@countersign/core/schemes'
import { webhook } from '@countersign/next'

export const POST = webhook(
  {
    scheme: visibuild(),
    secret: process.env.VISIBUILD_SECRET,
    maxBodyBytes: 20 * 1024 * 1024,
    onRejected: ({ code, error }) => console.log(`behind-proxy: ${code} ${error?.message}`),
  },
  () => undefined,
)

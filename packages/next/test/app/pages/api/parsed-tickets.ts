import { visibuild } from '@countersign/core/schemes'
import { webhook } from '@countersign/next/pages'

// Without `config`: Next parses the body.
export default webhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }, () => undefined)

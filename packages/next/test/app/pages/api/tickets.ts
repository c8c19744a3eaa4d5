import { visibuild } from '@countersign/core/schemes'
import { withWebhook } from '@countersign/next/pages'

export const config = { api: { bodyParser: false } }

// Not set during the build.
export default withWebhook({ scheme: visibuild(), secret: process.env.VISIBUILD_SECRET }, (req, res) => {
  const { event } = req.webhook
  res.json({ event, path: req.url })
})

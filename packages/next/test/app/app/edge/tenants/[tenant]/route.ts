export const runtime = 'edge'

import { visibuild } from '@countersign/core/schemes'
import { webhook } from '@countersign/next'

// Not set during the build.
export const POST = webhook(
  { scheme: visibuild(), secret: process.env.VISIBUILD_SECRET },
  async ({ event }, { request, params }) => {
    const { tenant } = await params
    return Response.json({ tenant, event, path: request.nextUrl.pathname })
  },
)

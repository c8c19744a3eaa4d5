import { visibuild } from '@countersign/core/schemes'
import { webhook } from '@countersign/next'

// The build has no such variable.
export const POST = webhook(
  { scheme: visibuild(), secret: process.env.VISIBUILD_SECRET },
  async ({ event }, { request, params }) => {
    const { tenant } = await params
    return Response.json({ tenant, event, path: request.nextUrl.pathname })
  },
)

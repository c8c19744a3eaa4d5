import { NextResponse } from 'next/server.js'

// With a proxy, Next truncates large bodies of these routes.
export const config = { matcher: '/behind-proxy' }

export function proxy() {
  return NextResponse.next()
}

import { embeddable } from '@countersign/core/schemes'
import { webhook } from '@countersign/next'

export const POST = webhook(
  {
    scheme: embeddable(),
    secret: process.env.GATED_SECRET,
    onHandled: () => console.log('gated: handled'),
  },
  async () => {
    // The test delays the answer.
    await fetch(String(process.env.GATE_URL))
  },
)

// Writes docs/flow.svg. `test/docs/flow-picture.test.ts` checks that the committed file is up to date.
import { writeFileSync } from 'node:fs'
import { drawFlow, flowPicture } from './draw-flow-picture.js'

writeFileSync(flowPicture, drawFlow())

import type { AddCommand } from './add-command.js'
import { addCheck } from './check.js'
import { addDiscover } from './discover.js'
import { addExplain } from './explain.js'
import { addListen } from './listen.js'
import { addSend } from './send.js'
import { addSign } from './sign.js'
import { addStore } from './store.js'
import { addVectors } from './vectors.js'
import { addVerify } from './verify.js'

/**
 * All commands, in the order of the help text. `commands/<name>.ts` has the options, the help and the flow of a command. The
 * folder `<name>/` has its parts: `*-options.ts` reads options, `format-*.ts` makes text for people and `*-to-json.ts`
 * values for machines. What several commands use is in `options/` (input) and `output/`.
 */
export const commands: readonly AddCommand[] = [
  addSign,
  addSend,
  addVerify,
  addCheck,
  addVectors,
  addExplain,
  addDiscover,
  addListen,
  addStore,
]

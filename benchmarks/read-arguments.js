/** @typedef {import('./family.js').AnyFamily} AnyFamily */
/** @typedef {{ readonly plan: import('./family.js').PlanName, readonly chosen: readonly AnyFamily[], readonly isWriting: boolean }} Options */

/**
 * @param {readonly string[]} args
 * @param {readonly AnyFamily[]} families
 * @returns {Options | { readonly problem: string }}
 */
export function readArguments(args, families) {
  /** @type {import('./family.js').PlanName} */
  let plan = 'full'
  let chosen = families
  let isWriting = false
  // pnpm passes a `--` on to the program.
  const rest = args.filter((arg) => arg !== '--')
  for (let place = 0; place < rest.length; place++) {
    const arg = rest[place]
    if (arg === '--quick' || arg === '--smoke') plan = arg === '--quick' ? 'quick' : 'smoke'
    else if (arg === '--write') isWriting = true
    else if (arg === '--only') {
      const names = rest[++place]?.split(',') ?? []
      chosen = families.filter(({ name }) => names.includes(name))
      if (chosen.length === 0 || chosen.length < names.length) return { problem: usage(families) }
    } else return { problem: usage(families) }
  }
  // What a smoke run measures says nothing.
  if (isWriting && plan === 'smoke') return { problem: 'Use --write without --smoke.' }
  return { plan, chosen, isWriting }
}

/** @param {readonly AnyFamily[]} families */
function usage(families) {
  const names = families.map(({ name }) => name).join(',')
  return `Use --quick or --smoke, --only with some of ${names}, and --write.`
}

/** @import { ContractGroup } from '@countersign/conformance' */

/**
 * Written anew before each build.
 *
 * @type {readonly ContractGroup[]}
 */
export const groups = []

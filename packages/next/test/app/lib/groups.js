/** @import { ContractGroup } from '@countersign/testing' */

/**
 * Written anew before each build.
 *
 * @type {readonly ContractGroup[]}
 */
export const groups = []

/** @import { ContractGroup } from '@countersign/conformance' */

/**
 * Overwritten before each build.
 *
 * @type {readonly ContractGroup[]}
 */
export const groups = []

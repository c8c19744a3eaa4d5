/** Whether two types are identical, not only assignable to each other. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
export declare function expectTrue<T extends true>(proof?: T): void

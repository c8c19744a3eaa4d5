/** The receivers' `maxHandlerMs`, as a number of leases. A handler's last renewal ends no later. */
export const handlerLeases = 3.5

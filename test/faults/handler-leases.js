/** How many leases a handler may hold its event for: `maxHandlerMs` of the receivers. Its last renewal ends no later. */
export const handlerLeases = 3.5

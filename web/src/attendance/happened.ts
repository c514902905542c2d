/** When it happened: what the phone recorded counts, unless the server had it earlier still. */
export const happened = (server: string | undefined, phone: string | undefined) => (phone && server && Date.parse(phone) < Date.parse(server) ? phone : server);

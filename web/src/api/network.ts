import { send, type Schema } from "./client";

/** The authority that devices have to trust, where this server has its certificate from one. */
export type LocalAuthority = NonNullable<Schema["LocalAuthority"]["authority"]>;

/** Of the server that this page came from, whatever the settings say. */
export async function fetchAuthority(signal?: AbortSignal): Promise<LocalAuthority | null> {
  return (await send("get", "/api/v1/authority", { base: "", signal })).authority;
}

/** Where other machines of the network reach the server, with the best address to remember first. */
export async function fetchAddresses(signal?: AbortSignal): Promise<readonly string[]> {
  return (await send("get", "/api/v1/admin/addresses", { signal })).addresses;
}

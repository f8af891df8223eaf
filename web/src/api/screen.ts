import { send, type Schema } from "./client";

/** A shared screen that staff have set up. */
export type Screen = Schema["SharedScreens"]["screens"][number];

export async function fetchScreens(signal?: AbortSignal): Promise<readonly Screen[]> {
  return (await send("get", "/api/v1/admin/screens", { signal })).screens;
}

/** Signs out the account that has it unlocked. */
export function endScreen(id: string): Promise<unknown> {
  return send("post", "/api/v1/admin/screens/{id}/end", { path: { id } });
}

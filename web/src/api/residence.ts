import { send, type Schema } from "./client";

export type Residence = Schema["Residence"];
export type WholeResidence = Schema["WholeResidence"];
export type WholeResidences = Schema["WholeResidences"];
export type ResidenceRequest = Schema["ResidenceRequest"];

/** Those that customers can choose, in the order of their names. */
export async function fetchResidences(signal?: AbortSignal): Promise<readonly Residence[]> {
  return (await send("get", "/api/v1/residences", { signal })).residences;
}

export function fetchWholeResidences(signal?: AbortSignal): Promise<WholeResidences> {
  return send("get", "/api/v1/admin/residences", { signal });
}

/** Saves these in place of `seen`; rejected with 412 where somebody has changed them since. */
export function saveResidences(residences: ResidenceRequest[], seen: WholeResidences): Promise<WholeResidences> {
  return send("put", "/api/v1/admin/residences", { body: { residences }, seen });
}

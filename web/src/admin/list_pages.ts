import { locationQuery, locationStore } from "../app/route";
import { useStore } from "../lib/store";
import { pollEveryMs, useQuery, type Query, type Pace } from "../live/query";

/** A list whose filters, cursor and page number are in the address. */
export interface ListPage<T> {
  location: string;
  query: URLSearchParams;
  result: Query<unknown>;
  /** Null before the first answer, and where the address asks for what could not be loaded. */
  page: T | null;
  /** True while `page` is that of the address before. */
  isStale: boolean;
  failed: boolean;
}

/** Loads the list that the address asks for and keeps it fresh. Polls, unless `pace` says that its events are streamed. */
export function useListPage<T>(load: (query: URLSearchParams, signal: AbortSignal) => Promise<T>, pace: Pace = pollEveryMs): ListPage<T> {
  const location = useStore(locationStore);
  const query = locationQuery(location);
  const result = useQuery(async (signal) => ({ location, page: await load(query, signal) }), [location], pace);
  const isStale = result.data !== null && result.data.location !== location;
  const failed = result.error !== null && (result.data === null || isStale);
  return { location, query, result, page: failed ? null : (result.data?.page ?? null), isStale, failed };
}

/** Counted from 1. An address without a cursor is the first page, also where it has a page number. */
export function pageNumber(query: URLSearchParams): number {
  const page = Number(query.get("page"));
  return query.get("cursor") && Number.isInteger(page) && page > 1 ? page : query.get("cursor") ? 2 : 1;
}

/** The address of another page of the same list. */
export function pageLocation(location: string, cursor: string, page: number): string {
  const query = locationQuery(location);
  for (const [name, value] of [
    ["cursor", cursor],
    ["page", page > 1 ? String(page) : ""],
  ] as const) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  return (location.split("?")[0] ?? "") + (text ? `?${text}` : "");
}

import { useMemo } from "preact/hooks";
import { fetchDay, type StaffDay } from "../../api/day";
import type { ApiError } from "../../api/error";
import { useStore } from "../../lib/store";
import { today } from "../../lib/time";
import { useKioskQuery } from "../kiosk_query";
import { optimisticUpdateCountAt, optimisticUpdatesStore } from "../outbox/optimistic_updates";
import { persistDay, readDay } from "./persisted_days";
import { dayAfterUpdates } from "./stops";

export interface LiveDay {
  /** Null until there is something to show. */
  day: StaffDay | null;
  /** The time of the data shown, in ms since 1970. */
  shown_at: number | null;
  /** True once the server has answered for this date. */
  is_answered: boolean;
  error: ApiError | null;
  refresh(): void;
}

async function load(date: string | null, signal: AbortSignal): Promise<StaffDay> {
  const day = await fetchDay(date, signal);
  persistDay(day);
  return day;
}

/** Keeps a day up to date, today where the date is null. Until the server answers, it is as this kiosk loaded it last. */
export function useDay(date: string | null): LiveDay {
  const updates = useStore(optimisticUpdatesStore);
  const persisted = useMemo(() => readDay(date ?? today()), [date]);
  const { data, error, loaded_at, refresh } = useKioskQuery((signal) => load(date, signal), [date]);
  // The last answer may be of the date shown before.
  const answer = data && data.value.date === (date ?? data.value.today) ? data : null;
  const day = answer?.value ?? persisted?.day;
  const as_of = answer?.as_of ?? optimisticUpdateCountAt(persisted?.at ?? 0);
  return {
    day: day ? dayAfterUpdates(day, as_of, updates) : null,
    shown_at: (answer ? loaded_at : persisted?.at) ?? null,
    is_answered: answer !== null,
    error,
    refresh: () => void refresh(),
  };
}

import { forgetPersisted, isRecord, persistedValue } from "../../lib/persisted";
import { onSignOut, sessionStore } from "../../session/session";
import type { BusinessValues } from "./business_values";

const persistedKey = "hss-business-draft";

onSignOut(() => forgetPersisted("session", persistedKey));

function parseDraft(value: unknown): Partial<BusinessValues> | null {
  if (!isRecord(value)) return null;
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string"));
}

/** What the account has typed in this tab and not saved yet; null where that is nothing. It survives a reload. */
export function persistedDraft() {
  return persistedValue("session", `${persistedKey}${sessionStore.get()?.account?.id ?? ""}`, parseDraft);
}

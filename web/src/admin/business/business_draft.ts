import { forgetPersisted, isRecord, persistedValue } from "../../lib/persisted";
import { onSignOut, sessionStore } from "../../session/session";
import type { BusinessValues } from "./business_values";

/** What was typed and not saved yet, and what stood in those fields then. */
export interface BusinessDraft {
  values: Partial<BusinessValues>;
  base: Partial<BusinessValues>;
}

const persistedKey = "hss-business-draft";

onSignOut(() => forgetPersisted("session", persistedKey));

function parseTexts(value: unknown): Partial<BusinessValues> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string")) : {};
}

function parseDraft(value: unknown): BusinessDraft | null {
  return isRecord(value) ? { values: parseTexts(value["values"]), base: parseTexts(value["base"]) } : null;
}

/** The account's draft in this tab; null where that is nothing. It survives a reload. */
export function persistedDraft() {
  return persistedValue("session", `${persistedKey}${sessionStore.get()?.account?.id ?? ""}`, parseDraft);
}

import { businessStore } from "../lib/business";
import { useStore } from "../lib/store";

/** The first words, which a narrow screen has room for, and the rest. */
function partsOf(name: string): [string, string] {
  const [, first = name, rest = ""] = /^(.{4,}?)\s+(.+)$/.exec(name) ?? [];
  return [first, rest];
}

/** Mark and name of the business. */
export function Brand() {
  const [first, rest] = partsOf(useStore(businessStore).name);
  return (
    <>
      <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="7" />
        <path d="M16 6.5 25 11v10l-9 4.5L7 21V11zM7 11l9 4.5 9-4.5M16 15.5v10" />
      </svg>
      <span class="brand-name">
        {first} {rest && <span class="brand-rest">{rest}</span>}
      </span>
    </>
  );
}

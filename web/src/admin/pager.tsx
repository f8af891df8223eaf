import { locationQuery } from "../app/route";
import { pageLocation, pageNumber } from "./list_pages";

interface PagerProps {
  label: string;
  location: string;
  /** The cursor of the next page; null on the last, and while it is not known. */
  next: string | null;
  isStale: boolean;
  /** The labels of the two directions. */
  back?: string;
  on?: string;
}

// The address from which each page was reached. It is lost at a reload, after which the way back is the first page.
const reachedFrom = new Map<string, string>();

export function Pager({ label, location, next, isStale, back = "Newer", on = "Older" }: PagerProps) {
  const page = pageNumber(locationQuery(location));
  if (page === 1 && !next && !isStale) return null;
  const earlier = reachedFrom.get(location);
  const first = pageLocation(location, "", 1);
  const onward = next && !isStale ? pageLocation(location, next, page + 1) : undefined;
  return (
    <nav class="pager" aria-label={label}>
      <PagerLink label={earlier || page <= 2 ? back : "First page"} href={page > 1 ? (earlier ?? first) : undefined} />
      <span class="hint" role="status">
        Page {page}
      </span>
      <PagerLink label={on} href={onward} onFollow={() => onward && reachedFrom.set(onward, location)} />
    </nav>
  );
}

/** Stays in place and focused where there is no page in its direction. */
function PagerLink({ label, href, onFollow }: { label: string; href: string | undefined; onFollow?: () => void }) {
  return (
    <a
      class="button"
      tabIndex={0}
      aria-disabled={!href}
      {...(href ? { href } : { role: "link" })}
      {...(onFollow ? { onClick: onFollow } : {})}
    >
      {label}
    </a>
  );
}

import { Button } from "../controls/button";
import type { CursorTrail } from "./cursor_trail";

interface PagerProps {
  label: string;
  trail: CursorTrail;
  next: string | null;
}

export function Pager({ label, trail, next }: PagerProps) {
  if (trail.page === 1 && !next) return null;
  return (
    <nav class="pager" aria-label={label}>
      {trail.page > 1 && <Button onPress={trail.goBack}>Newer</Button>}
      <span class="hint" role="status">
        Page {trail.page}
      </span>
      {next && <Button onPress={() => trail.goNext(next)}>Older</Button>}
    </nav>
  );
}

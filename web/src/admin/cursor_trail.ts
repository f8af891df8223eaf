import { useState } from "preact/hooks";

/** The way back through a list that knows only its next page. */
export interface CursorTrail {
  cursor: string | null;
  page: number;
  goNext(cursor: string): void;
  goBack(): void;
  restart(): void;
}

export function useCursorTrail(): CursorTrail {
  const [trail, setTrail] = useState<(string | null)[]>([null]);
  return {
    cursor: trail[trail.length - 1] ?? null,
    page: trail.length,
    goNext: (cursor) => setTrail([...trail, cursor]),
    goBack: () => setTrail(trail.length > 1 ? trail.slice(0, -1) : trail),
    restart: () => setTrail([null]),
  };
}

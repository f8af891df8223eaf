import { statusLabel } from "./lifecycle";

export function StatusChip({ status }: { status: string }) {
  return <span class={`chip chip-${status}`}>{statusLabel(status)}</span>;
}

import type { QueueStatus } from "../../api/booking";
import { statusLabels } from "../../booking/lifecycle";
import type { Column } from "./board";

interface ColumnSwitchProps {
  columns: readonly Column[];
  chosen: QueueStatus;
  onChange: (status: QueueStatus) => void;
}

/** Chooses the column where there is room for one only. */
export function ColumnSwitch({ columns, chosen, onChange }: ColumnSwitchProps) {
  return (
    <div class="column-switch" role="group" aria-label="Show">
      {columns.map(({ status, count }) => (
        <button key={status} type="button" aria-pressed={status === chosen} onClick={() => onChange(status)}>
          <span>{statusLabels[status]}</span> <span class="count">{count}</span>
        </button>
      ))}
    </div>
  );
}

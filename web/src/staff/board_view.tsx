import type { QueueStatus } from "../api/booking";
import { useStore } from "../store";
import type { Column } from "./board";
import { BoardColumn } from "./board_column";
import { useBoardFocus } from "./board_focus";
import { ColumnSwitch } from "./column_switch";
import { outboxStore } from "./outbox";

interface BoardViewProps {
  columns: readonly Column[];
  chosen: QueueStatus;
  onChoose: (status: QueueStatus) => void;
  onMore: (status: QueueStatus) => void;
}

export function BoardView({ columns, chosen, onChoose, onMore }: BoardViewProps) {
  // What changes in a card can take its focus away, so the board is looked at again then.
  useStore(outboxStore);
  const focus = useBoardFocus();
  return (
    <>
      <ColumnSwitch columns={columns} chosen={chosen} onChange={onChoose} />
      <div class="board" {...focus}>
        {columns.map((column) => (
          <BoardColumn
            key={column.status}
            column={column}
            isChosen={column.status === chosen}
            onMore={() => onMore(column.status)}
          />
        ))}
      </div>
    </>
  );
}

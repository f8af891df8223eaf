import type { QueueStatus } from "../../api/booking";
import { useFocusRestoration } from "../focus_restoration";
import type { Column } from "./board";
import { BoardColumn } from "./board_column";
import { ColumnSwitch } from "./column_switch";

interface BoardViewProps {
  columns: readonly Column[];
  chosen: QueueStatus;
  onChoose: (status: QueueStatus) => void;
  onMore: (status: QueueStatus) => void;
}

export function BoardView({ columns, chosen, onChoose, onMore }: BoardViewProps) {
  const focus = useFocusRestoration();
  return (
    <>
      <ColumnSwitch columns={columns} chosen={chosen} onChange={onChoose} />
      <div class="board" {...focus}>
        {columns.map((column) => (
          <BoardColumn key={column.status} column={column} isChosen={column.status === chosen} onMore={() => onMore(column.status)} />
        ))}
      </div>
    </>
  );
}

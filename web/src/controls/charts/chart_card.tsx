import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";

interface ChartCardProps {
  title: string;
  /** The figure explained in a sentence. */
  meaning: string;
  /** The same figures as a table: the names of its columns, and its rows, each beginning with its own name. */
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** True where it takes a whole line when printed. */
  isWide?: boolean;
  /** The chart. */
  children: ComponentChildren;
}

/** A chart in its frame, which can be shown as a table instead. */
export function ChartCard({ title, meaning, head, rows, isWide = false, children }: ChartCardProps) {
  const [isTable, setTable] = useState(false);
  const id = useId();
  return (
    <section class={`card chart-card ${isWide ? "chart-wide" : ""}`} aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          class="chart-toggle"
          aria-label={`Show as table: ${title}`}
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          Show as table
        </button>
      </div>
      <p class="hint">{meaning}</p>
      {isTable ? (
        <div class="figures-frame" role="region" aria-label={`${title}, as a table`} tabIndex={0}>
          <table class="figures">
            <thead>
              <tr>
                {head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([name = "", ...values]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {values.map((value, index) => (
                    <td key={index}>{value}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        children
      )}
    </section>
  );
}

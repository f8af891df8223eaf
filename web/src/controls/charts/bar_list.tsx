export interface Bar {
  key: string;
  label: string;
  href?: string;
  value: number;
  /** The value in words beside the bar, e.g. "12 · 40%". */
  words: string;
}

/** Horizontal bars, each with its value in words. */
export function BarList({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const max = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <ul class="bars" aria-label={label}>
      {bars.map(({ key, label: name, href, value, words }) => (
        <li key={key}>
          {href ? <a href={href}>{name}</a> : <span class="bar-label">{name}</span>}
          <svg class={`bar bar-${key}`} width="100%" height="12" aria-hidden="true" focusable="false">
            <rect class="bar-track" width="100%" height="12" rx="6" />
            {value > 0 && <rect class="bar-fill" width={`${(value / max) * 100}%`} height="12" rx="6" />}
          </svg>
          <span class="bar-count">{words}</span>
        </li>
      ))}
    </ul>
  );
}

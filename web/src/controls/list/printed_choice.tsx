/** Prints a list's filters, whose controls are for the screen alone. */
export function PrintedChoice({ words }: { words: readonly (string | false)[] }) {
  return <p class="print-only hint" data-printed={words.filter(Boolean).join(" · ")} />;
}

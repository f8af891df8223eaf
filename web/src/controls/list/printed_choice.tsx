/** What was chosen of a list, for its paper alone: the controls that say it on the screen are not printed. */
export function PrintedChoice({ words }: { words: readonly (string | false)[] }) {
  return <p class="print-only hint" data-printed={words.filter(Boolean).join(" · ")} />;
}

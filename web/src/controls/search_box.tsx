import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icon";

interface SearchBoxProps {
  label: string;
  value: string;
  /** Called with the trimmed text once the typing pauses. */
  onSearch: (text: string) => void;
  /** Called in place of `onSearch` on Enter, where that means more. */
  onEnter?: (text: string) => void;
}

const settleMs = 300;

export function SearchBox({ label, value, onSearch, onEnter = onSearch }: SearchBoxProps) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => onSearch(text.trim()), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onEnter(text.trim());
      }}
    >
      <Icon name="search" />
      <input
        type="search"
        maxLength={100}
        aria-label={label}
        placeholder={label}
        autocomplete="off"
        spellcheck={false}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
    </form>
  );
}

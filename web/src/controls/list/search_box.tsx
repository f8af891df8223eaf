import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../icon";

interface SearchBoxProps {
  label: string;
  value: string;
  /** Called with the trimmed text once the typing pauses. */
  onSearch: (text: string) => void;
  /** Called in place of `onSearch` on Enter, where that means more. */
  onEnter?: (text: string) => void;
}

const debounceMs = 300;

export function SearchBox({ label, value, onSearch, onEnter = onSearch }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const searched = useRef(value);
  // Other filters may change during the pause, so the search uses the latest callback.
  const latestSearch = useRef(onSearch);
  latestSearch.current = onSearch;
  const search = (act: (text: string) => void) => {
    searched.current = text.trim();
    act(searched.current);
  };
  useEffect(() => {
    if (text.trim() === searched.current) return;
    const timer = setTimeout(() => search(latestSearch.current), debounceMs);
    return () => clearTimeout(timer);
  }, [text]);
  // A link or the browser's back button changes the search too, but never a text that is being typed.
  useLayoutEffect(() => {
    if (value === searched.current) return;
    const isTyping = text.trim() !== searched.current;
    searched.current = value;
    if (!isTyping) setText(value);
  }, [value]);
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        search(onEnter);
      }}
    >
      <Icon name="search" />
      <input
        type="search"
        maxLength={200}
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

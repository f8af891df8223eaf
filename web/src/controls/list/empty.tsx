import type { ComponentChildren } from "preact";
import { Icon } from "../icon";

/** Replaces a list that has no entries. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name="box" />
      <strong>{title}</strong>
      {children}
    </div>
  );
}

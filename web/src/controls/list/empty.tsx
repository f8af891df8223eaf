import type { ComponentChildren } from "preact";
import { Icon } from "../icon";

/** What a list says when there is nothing in it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name="box" />
      <strong>{title}</strong>
      {children}
    </div>
  );
}

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { businessStore } from "../lib/business";
import { useStore } from "../lib/store";

interface PageProps {
  title: string;
  /** Replaces the title on the page where plain text is not enough. */
  heading?: ComponentChildren;
  lead?: ComponentChildren;
  children: ComponentChildren;
}

/** Names the browser's tab. */
export function useDocumentTitle(title: string): void {
  const { name } = useStore(businessStore);
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
}

let isFirstPage = true;

/** A page's frame. Coming from another page, its heading takes the focus, so that a screen reader starts there. */
export function Page({ title, heading, lead, children }: PageProps) {
  const element = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  useEffect(() => {
    if (!isFirstPage) element.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <div class="page">
      <div class="page-head">
        <h1 ref={element} tabIndex={-1}>
          {heading ?? title}
        </h1>
        {lead && <div class="lead">{lead}</div>}
      </div>
      {children}
    </div>
  );
}

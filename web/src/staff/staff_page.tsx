import type { ComponentChildren } from "preact";
import { Page } from "../controls/page";
import { Snackbar } from "./outbox/snackbar";
import { OutboxStrip } from "./outbox/strip";
import { PhotoStrip } from "./photos/photo_strip";

interface StaffPageProps {
  title: string;
  heading?: ComponentChildren;
  lead?: ComponentChildren;
  children: ComponentChildren;
}

/** A page of the kiosk, with the outbox above and the last action below. */
export function StaffPage({ children, ...page }: StaffPageProps) {
  return (
    <>
      <OutboxStrip />
      <PhotoStrip />
      <Page {...page}>{children}</Page>
      <Snackbar />
    </>
  );
}

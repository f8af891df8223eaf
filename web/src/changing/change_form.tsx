import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { sendOnce } from "../api/attempt";
import { changeBooking, type BookingChange, type Booking } from "../api/booking";
import type { ApiError } from "../api/error";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { FormFrame } from "../controls/form";
import { Notice, RejectionNotice } from "../controls/notice";
import { useSending, type Sending } from "../controls/sending";
import { formatDay } from "../lib/time";

/** The state of a change while somebody makes it. */
export interface Changing extends Sending {
  /** Sends the change, once however often it is called. */
  save(change: BookingChange): void;
}

export function useChanging(booking: Booking, onChanged: () => void): Changing {
  // The booking that the dialog was opened for: what others change meanwhile is not overwritten.
  const [seen] = useState(booking);
  const sending = useSending();
  const save = (change: BookingChange) =>
    void sending.run(async () => {
      await sendOnce(`change-${seen.id}`, change, (body, key) => changeBooking(seen.id, body, key, seen));
      onChanged();
    });
  return { ...sending, save };
}

const words: Record<string, string> = {
  slot_full: "This time is full by now.",
  slot_closed: "This time cannot be booked.",
  precondition_failed: "The booking has changed meanwhile. Close this, look at it again, and change it then.",
};

/** Why the server rejects the change, with what is free instead. */
function ChangeRejection({ error }: { error: ApiError }) {
  const free = error.details.flatMap((detail) => {
    const [, date, window] = /^free=(\S+) (.*)$/.exec(detail) ?? [];
    return date && window ? [`${formatDay(date)}, ${window}`] : [];
  });
  const known = words[error.code];
  if (!known) return <RejectionNotice title="Not changed" error={error} />;
  return (
    <Notice kind="bad" title="Not changed">
      <p>
        {known} {free.length > 0 && `Free next: ${free.join("; ")}.`}
      </p>
    </Notice>
  );
}

interface ChangeFormProps {
  title: string;
  changing: Changing;
  /** The fields that show their own errors. */
  fields?: readonly string[];
  submit?: string;
  children: ComponentChildren;
  onSubmit: () => void;
  onClose: () => void;
}

export function ChangeForm({ title, changing, fields = [], submit = "Save", children, onSubmit, onClose }: ChangeFormProps) {
  const rest = changing.restOf(fields);
  return (
    <Dialog title={title} onClose={onClose}>
      <FormFrame error={changing.error} onSubmit={onSubmit}>
        {children}
        {rest && <ChangeRejection error={rest} />}
        <div class="actions">
          <Button onPress={onClose}>Leave it</Button>
          <Button kind="primary" type="submit" busy={changing.isBusy}>
            {submit}
          </Button>
        </div>
      </FormFrame>
    </Dialog>
  );
}

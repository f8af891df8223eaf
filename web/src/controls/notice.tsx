import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/error";
import { validationErrorWords } from "../lib/error_words";
import { waitText } from "../lib/time";
import { Button } from "./button";
import { Icon } from "./icon";

interface NoticeProps {
  kind: "info" | "good" | "bad";
  title?: string;
  children?: ComponentChildren;
}

/** A framed message. Bad news is announced at once, other news when the reader pauses. */
export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`} role={kind === "bad" ? "alert" : "status"}>
      <Icon name={kind === "good" ? "check" : kind === "bad" ? "warning" : "info"} />
      <div class="notice-text">
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}

interface ErrorNoticeProps {
  error: ApiError;
  title?: string;
  /** The reader's next step. */
  advice?: string | false;
  onRetry?: () => void;
}

export function ErrorNotice({ error, title, advice, onRetry }: ErrorNoticeProps) {
  const details = error.details.map(validationErrorWords).filter((words) => words !== null);
  return (
    <Notice kind="bad" {...(title ? { title } : {})}>
      <p>{error.message}</p>
      {details.length > 0 && (
        <ul>
          {details.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {advice && <p>{advice}</p>}
      {error.retry_after !== null && <p>You can try again in {waitText(error.retry_after)}.</p>}
      {error.status >= 500 && error.request_id && <p class="hint">Reference for support: {error.request_id}</p>}
      {onRetry && <Button onPress={onRetry}>Try again</Button>}
    </Notice>
  );
}

interface RejectionNoticeProps {
  error: ApiError;
  /** Used where it is known that the request took no effect. */
  title: string;
  /** Used where it may have taken effect. */
  advice?: string;
}

/** An error of a request that changes something. */
export function RejectionNotice({ error, title, advice = "" }: RejectionNoticeProps) {
  const { outcomeUnknown } = error;
  return <ErrorNotice title={outcomeUnknown ? "We did not hear back" : title} error={error} advice={outcomeUnknown && advice} />;
}

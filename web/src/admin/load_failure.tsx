import type { ApiError } from "../api/error";
import { ErrorNotice, Notice } from "../controls/notice";

interface LoadFailureProps {
  title: string;
  error: ApiError;
  onRetry: () => Promise<void>;
}

/** Explains why an owner's page is empty, in words that fit the visitor. */
export function LoadFailure({ title, error, onRetry }: LoadFailureProps) {
  if (error.code === "forbidden" || error.code === "unauthorized") {
    return (
      <Notice kind="info" title="This page is for the owner">
        <p>
          Your role may not see it. Nothing is wrong with the server: ask the owner for these figures, or go back to{" "}
          <a href="/">booking a pickup</a>.
        </p>
      </Notice>
    );
  }
  return <ErrorNotice title={title} error={error} onRetry={() => void onRetry()} />;
}

import { useEffect, useRef, useState } from "preact/hooks";
import type { BookingFilter } from "../../api/booking";
import { asApiError, type ApiError } from "../../api/error";
import { Button } from "../../controls/button";
import { ErrorNotice } from "../../controls/notice";
import { counted } from "../../lib/count";
import { exportBookings, saveExport } from "./booking_export";

/** Exports what the filter finds, all pages of it. */
export function ExportButton({ filter }: { filter: BookingFilter }) {
  const [progress, setProgress] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const [running, setRunning] = useState<AbortController | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const start = async () => {
    const stop = new AbortController();
    controller.current = stop;
    setRunning(stop);
    setError(null);
    setProgress("Exporting…");
    try {
      const { file, count } = await exportBookings(filter, stop.signal, (sofar) => {
        setProgress(`${counted(sofar, "booking")} so far…`);
      });
      saveExport(file);
      setProgress(`${counted(count, "booking")} exported`);
    } catch (failure) {
      setProgress(stop.signal.aborted ? "Export cancelled" : "");
      setError(stop.signal.aborted ? null : asApiError(failure));
    }
    setRunning(null);
  };

  return (
    <>
      <div class="export">
        <Button onPress={() => (running ? running.abort() : void start())}>{running ? "Cancel export" : "Export CSV"}</Button>
        <p class="hint" role="status">
          {progress}
        </p>
      </div>
      {error && <ErrorNotice title="The export did not finish" error={error} advice="No file was saved." onRetry={() => void start()} />}
    </>
  );
}

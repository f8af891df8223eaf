import { render } from "preact";
import { startBasePath } from "../lib/base";
import { startLive } from "../live/live";
import { startSession } from "../session/session_keeper";
import { startOutbox } from "../staff/outbox/sender";
import { startScanner } from "../staff/search/scanner";
import { App } from "./app";
import { scheduleServiceWorker } from "./installation";
import { startRouting } from "./route";
// These register what clears their customers' data at sign-out, whichever page is shown then.
import "../staff/board/persisted_board";
import "../staff/board/seen";
import "../styles/main.css";

const root = document.getElementById("app");
if (root) {
  startBasePath();
  startRouting();
  startSession();
  startLive();
  startScanner();
  startOutbox();
  render(<App />, root);
  scheduleServiceWorker();
}

import { render } from "preact";
import { startSession } from "../session/session_keeper";
import { App } from "./app";
import { startBasePath } from "../lib/base";
import { scheduleServiceWorker } from "./installation";
import { startLive } from "../live/live";
import { startRouting } from "./route";
import { startOutbox } from "../staff/outbox/sender";
import { startScanner } from "../staff/search/scanner";
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

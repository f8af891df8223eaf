import { render } from "preact";
import { startSession } from "./account/session_keeper";
import { App } from "./app";
import { keepPageInstalled } from "./installation";
import { startLive } from "./live/live";
import { startRouting } from "./route";
import { startOutbox } from "./staff/outbox_sender";
import { startScanner } from "./staff/scanner";
import "./styles/main.css";

const root = document.getElementById("app");
if (root) {
  startRouting();
  startSession();
  startLive();
  startScanner();
  startOutbox();
  render(<App />, root);
  keepPageInstalled();
}

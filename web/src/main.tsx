import { render } from "preact";
import { App } from "./app";
import { keepPageInstalled } from "./installation";
import { startRouting } from "./route";
import "./styles/main.css";

const root = document.getElementById("app");
if (root) {
  startRouting();
  render(<App />, root);
  keepPageInstalled();
}

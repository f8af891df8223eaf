const shownMs = 8_000;
const maxShown = 40;

let place: HTMLElement | null = null;
let timer = 0;

/** Plays a low tone, as a person who scans looks at the label and not at the screen. */
function sound(): void {
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    tone.frequency.value = 220;
    tone.connect(audio.destination);
    tone.onended = () => void audio.close();
    tone.start();
    tone.stop(audio.currentTime + 0.25);
  } catch {
    // A machine without sound only shows the notice.
  }
}

/** Announces with a tone, and on the screen for some seconds, that a scan had no reference. */
export function announceUnknownScan(text: string): void {
  const characters = [...text.trim()];
  const shown = characters.slice(0, maxShown).join("") + (characters.length > maxShown ? "…" : "");
  place?.remove();
  place = document.createElement("div");
  place.className = "snackbar-place scan-notice";
  place.setAttribute("role", "alert");
  const notice = document.createElement("div");
  notice.className = "snackbar";
  notice.textContent = `There is no booking reference in what was scanned: ${shown}`;
  place.append(notice);
  // An element behind a dialog is neither seen nor read out.
  (document.querySelector("dialog[open]") ?? document.body).append(place);
  clearTimeout(timer);
  timer = window.setTimeout(() => place?.remove(), shownMs);
  sound();
}

import type { ComponentChildren } from "preact";

interface System {
  name: string;
  isThis: RegExp;
  steps: (authority: string) => readonly ComponentChildren[];
}

const file = "authority.crt";

const systems: readonly System[] = [
  {
    name: "Android",
    isThis: /Android/,
    steps: (authority) => [
      `Download the certificate. If Android says that it cannot be installed from here, that is right: ${file} is among the downloads now.`,
      "In the settings, search for “CA certificate”, and choose “Install a certificate”, “CA certificate”, “Install anyway”, and the file.",
      `Compare: in the settings, under “Trusted credentials”, “User”, open ${authority}. If its SHA-256 is another one, remove it.`,
      "Close the browser, and open our address again. Android says from now on that the network may be monitored: it says so of every certificate that somebody has installed.",
    ],
  },
  {
    name: "iPhone and iPad",
    isThis: /iPhone|iPad/,
    steps: (authority) => [
      "In Safari, download the certificate, and allow it.",
      "In the settings, open “Profile Downloaded”, then “More Details” and the certificate. Compare its SHA-256.",
      "If it is the same, go back and press “Install”.",
      `In the settings, under “General”, “About”, “Certificate Trust Settings”, switch on ${authority}.`,
    ],
  },
  {
    name: "Windows",
    isThis: /Windows/,
    steps: () => [
      <>
        Download the certificate. In a command prompt, compare the line <code class="code">Cert Hash(sha256)</code> of{" "}
        <code class="code">certutil -dump %USERPROFILE%\Downloads\{file}</code>
      </>,
      <>
        If it is the same: <code class="code">certutil -user -addstore Root %USERPROFILE%\Downloads\{file}</code>
      </>,
      "Close all windows of the browser, and open our address again.",
    ],
  },
  {
    name: "macOS",
    isThis: /Macintosh/,
    steps: (authority) => [
      <>
        Download the certificate. In a terminal, compare:{" "}
        <code class="code">openssl x509 -noout -fingerprint -sha256 -in ~/Downloads/{file}</code>
      </>,
      `If it is the same, open the file; Keychain Access adds it to “login”. Open ${authority} there, and under “Trust” choose “Always Trust”.`,
    ],
  },
  {
    name: "Raspberry Pi and other Linux, with Chromium",
    isThis: /Linux(?!.*Android)|CrOS/,
    steps: () => [
      <>
        Download the certificate. In a terminal, compare:{" "}
        <code class="code">openssl x509 -noout -fingerprint -sha256 -in ~/Downloads/{file}</code>
      </>,
      <>
        If it is the same: <code class="code">sudo apt install libnss3-tools</code>, then{" "}
        <code class="code">mkdir -p ~/.pki/nssdb && certutil -A -d sql:$HOME/.pki/nssdb -n HSS -t C,, -i ~/Downloads/{file}</code>
      </>,
      "Close all windows of Chromium, and open our address again.",
    ],
  },
  {
    name: "Firefox, on any computer",
    isThis: /^(?!.*Android).*Firefox/,
    steps: () => [
      "Download the certificate. Firefox asks whether to trust it: press “View”, and compare its SHA-256.",
      "If it is the same, tick “Trust this CA to identify websites”.",
      "If Firefox did not ask: in its settings, search for “certificates”, and choose “View Certificates”, “Authorities”, “Import”.",
    ],
  },
];

/** The steps for each system; those of the device that shows them are open. */
export function TrustSteps({ name }: { name: string }) {
  // The last that fits: Firefox brings its own list of authorities.
  const own = [...systems].reverse().find(({ isThis }) => isThis.test(navigator.userAgent));
  return (
    <section class="stack trust-steps" aria-labelledby="trust-steps-title">
      <h2 id="trust-steps-title">Steps</h2>
      {systems.map((system) => (
        <details key={system.name} class="card" open={system === own}>
          <summary>{system.name}</summary>
          <ol class="numbered">
            {system.steps(name).map((step, index) => (
              <li key={index}>{step}</li>
            ))}
          </ol>
        </details>
      ))}
    </section>
  );
}

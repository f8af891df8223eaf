import { useState } from "preact/hooks";
import { asApiError } from "../api/client";
import { fetchHealth } from "../api/health";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { Field } from "../controls/field";
import { Notice } from "../controls/notice";
import { apiBaseStore, parseApiBase } from "../session";
import { formatMoment } from "../time";

interface TestResult {
  kind: "good" | "bad";
  title: string;
  text: string;
}

const addressFault = "Write an address that begins with http:// or https://, or leave it empty.";

async function testConnection(base: string): Promise<TestResult> {
  try {
    const health = await fetchHealth(base);
    return {
      kind: "good",
      title: "Connected",
      text: `${health.service} ${health.version}, server time ${formatMoment(health.timestamp)}`,
    };
  } catch (error) {
    return { kind: "bad", title: "Not connected", text: asApiError(error).message };
  }
}

export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState(apiBaseStore.get());
  const [faults, setFaults] = useState<string[]>([]);
  const [result, setResult] = useState<TestResult | null>(null);
  const [isTesting, setTesting] = useState(false);

  const withBase = (use: (base: string) => void) => {
    const base = parseApiBase(text);
    setFaults(base === null ? [addressFault] : []);
    setResult(null);
    if (base !== null) use(base);
  };
  const test = () =>
    withBase(async (base) => {
      setTesting(true);
      setResult(await testConnection(base));
      setTesting(false);
    });
  const save = () =>
    withBase((base) => {
      apiBaseStore.set(base);
      onClose();
    });

  return (
    <Dialog title="Settings" onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Field id="api-base" label="API address" hint="Leave empty to use the server this page came from." faults={faults}>
          {(control) => (
            <input
              {...control}
              type="url"
              inputMode="url"
              autocomplete="off"
              placeholder={window.location.origin}
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          )}
        </Field>
        {result && (
          <Notice kind={result.kind} title={result.title}>
            <p>{result.text}</p>
          </Notice>
        )}
        <div class="actions">
          <Button busy={isTesting} onPress={test}>
            Test connection
          </Button>
          <Button kind="primary" type="submit">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

import { useEffect, useState } from "preact/hooks";
import { asApiError } from "../api/error";
import { fetchHealth } from "../api/health";
import { Button } from "../controls/button";
import { FormFrame } from "../controls/form";
import { Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { InputField } from "../controls/text_field";
import { useStore } from "../lib/store";
import { formatMoment } from "../lib/time";
import { apiBaseStore, parseApiBase, sessionStore } from "../session/session";

interface Connection {
  kind: "good" | "bad";
  title: string;
  text: string;
}

const addressError = "Write an address that begins with http:// or https://, or leave it empty.";

async function testConnection(base: string): Promise<Connection> {
  try {
    const health = await fetchHealth(base);
    const server = `${health.service} ${health.version}, server time ${formatMoment(health.timestamp)}`;
    return { kind: "good", title: "Connected", text: server };
  } catch (error) {
    return { kind: "bad", title: "Not connected", text: asApiError(error).message };
  }
}

export function SettingsPage() {
  const base = useStore(apiBaseStore);
  const isAccounts = useStore(sessionStore)?.mode === "accounts";
  // The page of a server with accounts may use no other server.
  return base === "" && isAccounts ? <OwnServer /> : <ServerChoice />;
}

function OwnServer() {
  const [connection, setConnection] = useState<Connection | null>(null);
  const [isTesting, setTesting] = useState(false);
  const test = async () => {
    setTesting(true);
    setConnection(await testConnection(""));
    setTesting(false);
  };
  useEffect(() => void test(), []);
  return (
    <Page title="Settings" lead="Whether this page reaches its server, and whether it is well.">
      <div class="card stack settings">
        {connection && <ConnectionNotice {...connection} />}
        <div class="actions">
          <Button busy={isTesting} onPress={() => void test()}>
            Test connection
          </Button>
        </div>
      </div>
    </Page>
  );
}

function ConnectionNotice({ kind, title, text }: Connection) {
  return (
    <Notice kind={kind} title={title}>
      <p>{text}</p>
    </Notice>
  );
}

function ServerChoice() {
  const [text, setText] = useState(apiBaseStore.get());
  const [errors, setErrors] = useState<string[]>([]);
  const [connection, setConnection] = useState<Connection | null>(null);
  const [isTesting, setTesting] = useState(false);
  const [isSaved, setSaved] = useState(false);

  const test = async (base: string) => {
    setTesting(true);
    setConnection(await testConnection(base));
    setTesting(false);
  };
  const withValidBase = (then: (base: string) => void) => {
    const base = parseApiBase(text);
    setErrors(base === null ? [addressError] : []);
    setConnection(null);
    setSaved(false);
    if (base !== null) then(base);
  };
  const save = (base: string) => {
    apiBaseStore.set(base);
    setText(base);
    setSaved(true);
    void test(base);
  };

  useEffect(() => {
    void test(apiBaseStore.get());
  }, []);

  return (
    <Page title="Settings" lead="Where this page finds its server, and whether it is well.">
      <FormFrame class="card stack settings" onSubmit={() => withValidBase(save)}>
        <InputField
          id="api-base"
          label="API address"
          hint="Leave empty to use the server this page came from."
          errors={errors}
          type="url"
          inputMode="url"
          autocomplete="off"
          placeholder={window.location.origin}
          value={text}
          onInput={(typed) => {
            setText(typed);
            setSaved(false);
          }}
        />
        {connection && <ConnectionNotice {...connection} />}
        <div class="actions">
          <Button busy={isTesting} onPress={() => withValidBase((base) => void test(base))}>
            Test connection
          </Button>
          <Button kind="primary" type="submit">
            Save
          </Button>
          <p class="hint" role="status">
            {isSaved && "Saved in this browser."}
          </p>
        </div>
      </FormFrame>
    </Page>
  );
}

/**
 * Photos of drafts and of the kiosk's outbox, in the browser's database, as its storage has no room for them. Where the
 * browser has none (private windows), they last as long as the page: reading finds nothing, and writing is false.
 */
const name = "hss-photos";
const version = 1;
export type Table = "drafts" | "outbox";

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((done, fail) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      for (const table of ["drafts", "outbox"] satisfies Table[]) request.result.createObjectStore(table, { keyPath: "id" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error("no database"));
  });
  return opened;
}

async function run<T>(table: Table, mode: IDBTransactionMode, work: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction(table, mode);
  const request = work(transaction.objectStore(table));
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = transaction.onabort = () => fail(transaction.error ?? new Error("not stored"));
  });
}

export async function readRows(table: Table): Promise<unknown[]> {
  try {
    return await run<unknown[]>(table, "readonly", (rows) => rows.getAll());
  } catch {
    return [];
  }
}

export async function writeRow(table: Table, row: { id: string }): Promise<boolean> {
  try {
    await run(table, "readwrite", (rows) => rows.put(row));
    return true;
  } catch {
    return false;
  }
}

export async function deleteRow(table: Table, id: string): Promise<void> {
  await run(table, "readwrite", (rows) => rows.delete(id)).catch(() => undefined);
}

export async function deleteRows(table: Table): Promise<void> {
  await run(table, "readwrite", (rows) => rows.clear()).catch(() => undefined);
}

import { TILE_BUDGET } from '../../server/core/prepared.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { openCopies } from '../../server/db/copy.ts';
import { LIMITS } from '../../server/ingest/source.ts';
import { openFile } from '../../server/jobs/import/open-file.ts';
import { runImport } from '../../server/jobs/import/run-import.ts';
import { publishWaiting } from '../../server/jobs/uploads/publish-waiting.ts';
import { TEST_TOKEN, type TestServer } from './server.ts';

/** An upload as the server describes it, as far as tests look at it. */
export interface UploadJson {
  id: string;
  name: string;
  bytes: number | null;
  sha256: string | null;
  state: string;
  progress: { stage?: string; done?: number; total?: number | null };
  error: { code: string; detail: string } | null;
  sameAs: string[];
  report: Record<string, unknown> | null;
  mapping: Record<string, unknown> | null;
  profile: string | null;
  changes: Record<'added' | 'changed' | 'removed' | 'same', number> | null;
  published: { collection: string; generation: number } | null;
}

export const AUTHORIZED = { Authorization: `Bearer ${TEST_TOKEN}` };

/** A request by who has the token. */
export function asAdmin({ url }: Pick<TestServer, 'url'>, address: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url + address, { ...init, headers: { ...AUTHORIZED, ...init.headers } });
}

export async function readUpload(response: Response): Promise<UploadJson> {
  return (await response.json()) as UploadJson;
}

/** Sends a text as a file. */
export async function bring(server: TestServer, name: string, body: string): Promise<UploadJson> {
  const headers = { 'X-File-Name': encodeURIComponent(name), 'Content-Type': 'application/octet-stream' };
  const response = await asAdmin(server, '/uploads', { method: 'POST', body, headers });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  return readUpload(response);
}

/** Server-sent events of a response, until `enough` says so or the stream ends. */
export async function readEvents(
  response: Response,
  enough: (events: readonly { event: string; data: UploadJson }[]) => boolean,
): Promise<{ event: string; data: UploadJson }[]> {
  const events: { event: string; data: UploadJson }[] = [];
  let text = '';
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const match = /^event: (.*)\ndata: (.*)$/.exec(block);
      if (match) events.push({ event: match[1] as string, data: JSON.parse(match[2] as string) });
    }
    if (enough(events)) break;
  }
  return events;
}

/** Reads and checks an upload in this process, as the server has it done by another one. */
export async function importHere({ database, context }: TestServer, id: string): Promise<void> {
  const [row] = await database.run<{ name: string }>({
    text: 'SELECT name FROM azalai.upload WHERE id = $1',
    values: [id],
  });
  const file = await openFile(context.uploads.folder.fileOf(id), row?.name);
  try {
    const { run, transaction } = database;
    await runImport({
      upload: id,
      database: { run, transaction, copy: openCopies(database.connection) },
      file,
      limits: LIMITS,
      today: '2026-11-21',
      catalogue: () => readCatalogue(run),
    });
  } finally {
    await file.close();
  }
}

/** Publishes an upload in this process, as the server has it done by another one. */
export function publishHere({ database }: TestServer, id: string): Promise<void> {
  return publishWaiting(database, id, { budget: TILE_BUDGET, versionsKept: 20 });
}

import type { Request, Response } from 'express';
import type { UploadRow } from '../../query/upload-doors.ts';
import type { Context } from '../context.ts';
import { findUpload } from './find-upload.ts';
import { toUploadJson } from './upload-json.ts';

/** Proxies close what is silent for a minute. */
const HEARTBEAT_MS = 15_000;

/**
 * Sends an upload as server-sent events: at once, and whenever it changes. An event `upload` has the whole of it when
 * more than its progress is new, else only `id`, `state`, `progress` and `error`; `gone` is the last one of an upload
 * that was taken out.
 */
export async function sendEvents(
  { run, uploads, log }: Context,
  id: string,
  request: Request,
  response: Response,
): Promise<void> {
  const first = await findUpload(run, id);
  // Not packed: the packer would keep an event back until it has enough of them.
  response.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store, no-transform' });
  // Nor kept back by nginx.
  response.set('X-Accel-Buffering', 'no');
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  response.flushHeaders();
  response.write('retry: 2000\n\n');

  let sent = '';
  let sentAt = '';
  const say = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const send = (row: UploadRow) => {
    if (row.updated_at === sentAt) return;
    sentAt = row.updated_at;
    const upload = toUploadJson(row);
    const { progress, ...rest } = upload;
    const whole = JSON.stringify(rest);
    if (whole !== sent) say('upload', upload);
    else say('upload', { id, state: row.state, progress, error: row.error });
    sent = whole;
  };

  let isReading = false;
  let readAgain = false;
  async function changed(): Promise<void> {
    readAgain = true;
    if (isReading) return;
    isReading = true;
    try {
      while (readAgain && !response.writableEnded) {
        readAgain = false;
        send(await findUpload(run, id));
      }
    } catch (error) {
      const isGone = error instanceof Error && error.name === 'UploadNotFound';
      if (isGone) say('gone', { id });
      else log.warn({ err: error, upload: id }, 'cannot follow an upload');
      response.end();
    } finally {
      isReading = false;
    }
  }

  const unfollow = uploads.events.follow(id, () => void changed());
  const heartbeat = setInterval(() => response.write(': \n\n'), HEARTBEAT_MS);
  const unend = uploads.events.whenEnded(() => response.end());
  response.once('close', () => {
    unfollow();
    unend();
    clearInterval(heartbeat);
  });
  send(first);
  // What changed between the reading and the following.
  void changed();
}

import { signal } from '@preact/signals';
import { sendFile } from '../api/send-file.ts';
import { uploadId } from '../state.ts';
import { token } from '../token.ts';
import { attempt } from './upload-attempt.ts';

/** The file that is on its way. */
export interface Sending {
  readonly name: string;
  /** Bytes. */
  readonly sent: number;
  readonly total: number;
  /** The line was cut, and it waits before it goes on: ends the wait. */
  readonly tryNow: (() => void) | null;
}
export const sending = signal<Sending | null>(null);

let onItsWay: AbortController | null = null;

/** Sends a file, and opens the upload that it has become. */
export async function send(file: File): Promise<void> {
  const controller = new AbortController();
  onItsWay = controller;
  const now: Sending = { name: file.name, sent: 0, total: file.size, tryNow: null };
  const tell = (change: Partial<Sending>) => {
    sending.value = { ...(sending.peek() ?? now), ...change };
  };
  tell(now);
  await attempt(async () => {
    uploadId.value = await sendFile(token.value, file, {
      onProgress: (sent) => tell({ sent }),
      onWait: (tryNow) => tell({ tryNow }),
      signal: controller.signal,
    });
  });
  sending.value = null;
}

export const stopSending = (): void => onItsWay?.abort();

import type { Connection } from './database.ts';
import { type Listener, openListener } from './listener.ts';

/** Says when a row of `azalai.upload` may have changed, in whichever process. */
export interface UploadEvents {
  /** `onChange` is called for each change of the upload with this id, and when some may have been missed. */
  follow(id: string, onChange: () => void): () => void;
  /** Tells everybody who follows that nothing more will come: `onEnd` of `whenEnded`. */
  close(): Promise<void>;
  /** Called once, when the server stops. Returns what takes it back. */
  whenEnded(onEnd: () => void): () => void;
}

/** Listens as long as anybody follows: a connection that the others do not have to spare. */
export function openUploadEvents(connection: Connection, onError: (error: unknown) => void): UploadEvents {
  const followers = new Map<string, Set<() => void>>();
  const enders = new Set<() => void>();
  let listener: Listener | undefined;
  let isClosed = false;

  const tell = (all: Iterable<() => void> = []) => {
    for (const onChange of [...all]) onChange();
  };
  function listen(): Listener {
    return openListener(connection, 'azalai_upload', {
      onUp: () => {
        for (const all of followers.values()) tell(all);
      },
      onNotification: (id) => tell(followers.get(id)),
      onDown: onError,
    });
  }
  function leave(id: string, onChange: () => void): void {
    const all = followers.get(id);
    if (!all?.delete(onChange)) return;
    if (all.size === 0) followers.delete(id);
    if (followers.size > 0) return;
    const idle = listener;
    listener = undefined;
    idle?.close().catch(onError);
  }

  return {
    follow: (id, onChange) => {
      const all = followers.get(id) ?? new Set();
      followers.set(id, all.add(onChange));
      if (!isClosed) listener ??= listen();
      return () => leave(id, onChange);
    },
    whenEnded: (onEnd) => {
      enders.add(onEnd);
      return () => enders.delete(onEnd);
    },
    close: async () => {
      isClosed = true;
      tell(enders);
      enders.clear();
      followers.clear();
      await listener?.close();
      listener = undefined;
    },
  };
}

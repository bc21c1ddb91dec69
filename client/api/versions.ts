import { ApiError } from '../api.ts';
import { readerHeaders } from './kept-token.ts';
import { requestWithToken, toError } from './with-token.ts';

/** What the server tells of the versions of a layer. */

export interface LayerVersion {
  readonly generation: number;
  /** Of records that everybody may see. */
  readonly count: number;
  readonly origin: 'seed' | 'upload' | 'restore' | 'analysis' | 'correction' | 'settings';
  /** The version that it has again, when it was restored. */
  readonly restored: number | null;
  /** ISO 8601, UTC. */
  readonly publishedAt: string;
  readonly isServed: boolean;
  /** Its records are there: it can be looked into, and restored. */
  readonly isKept: boolean;
}

export interface VersionDiff {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly same: number;
  /** Title, fields, look or the like. */
  readonly isDefinitionChanged: boolean;
}

async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    // What was published a moment ago is to be in it.
    response = await fetch(path, {
      headers: { accept: 'application/json', ...readerHeaders() },
      cache: 'no-cache',
      signal: signal ?? null,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(String(cause), 0);
  }
  if (!response.ok) throw toError(response.status, await response.text().catch(() => ''), response.statusText);
  return (await response.json()) as T;
}

/** The newest first. */
export const getVersions = (layer: string, signal?: AbortSignal) =>
  ask<{ versions: readonly LayerVersion[] }>(`collections/${layer}/versions`, signal).then(({ versions }) => versions);

export const getVersionDiff = (layer: string, from: number, to: number, signal?: AbortSignal) =>
  ask<VersionDiff>(`collections/${layer}/versions/diff?from=${from}&to=${to}&limit=1`, signal);

/** How far the server is with a version that it publishes again. */
export interface RestoringProgress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

interface Restoration {
  readonly id: string;
  readonly state: 'restoring' | 'restored' | 'failed';
  readonly progress: RestoringProgress | null;
  readonly error: { readonly code: string; readonly detail: string } | null;
  readonly restored: { readonly generation: number } | null;
}

const LOOK_MS = 500;
/** Of a line that is down: it is asked again for two minutes, since the server goes on without us. */
const PATIENCE = 240;

/**
 * Publishes a version again, as the next one, and resolves when it is in service. `onProgress` hears how far it is.
 * @returns the number of the version that it became
 * @throws ApiError, also when the server could not do it
 */
export async function restoreVersion(
  token: string,
  layer: string,
  generation: number,
  onProgress: (progress: RestoringProgress | null) => void = () => {},
): Promise<number> {
  const begun = await requestWithToken(token, 'POST', `collections/${layer}/versions/${generation}/restore`);
  let told = (await begun.json()) as Restoration;
  const address = `collections/${layer}/restorations/${told.id}`;
  for (let silent = 0; told.state === 'restoring'; ) {
    onProgress(told.progress);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    try {
      told = (await (await requestWithToken(token, 'GET', address)).json()) as Restoration;
      silent = 0;
    } catch (cause) {
      silent += 1;
      const isPassing = cause instanceof ApiError && (cause.status === 0 || cause.status >= 500);
      if (!isPassing || silent > PATIENCE) throw cause;
    }
  }
  if (told.state === 'failed') throw new ApiError(told.error?.detail ?? '', 409);
  return told.restored?.generation ?? 0;
}

import type { Brief, BriefDraft, BriefEntry, BriefVersion } from '../../server/core/brief.ts';
import { briefFile } from '../../server/core/offline.ts';
import { get } from '../api.ts';
import { offlineSince } from '../offline.ts';
import { requestWithToken } from './with-token.ts';

/** Views in an order, with words: read by anybody who may, written by the holder of the token. All throw ApiError. */

/** Those that the caller may read, without their views. */
export const getBriefs = (signal?: AbortSignal): Promise<readonly BriefEntry[]> =>
  get<{ briefs: readonly BriefEntry[] }>('briefs', signal).then(({ briefs }) => briefs);

/** `version`: one that was; without it, the newest. */
export const getBrief = (id: string, version?: number, signal?: AbortSignal): Promise<Brief> =>
  get(
    offlineSince() === null ? `${briefPath(id)}${version === undefined ? '' : `?version=${version}`}` : briefFile(id),
    signal,
  );

/** The newest first. */
export const getBriefVersions = (id: string, signal?: AbortSignal): Promise<readonly BriefVersion[]> =>
  get<{ versions: readonly BriefVersion[] }>(`${briefPath(id)}/versions`, signal).then(({ versions }) => versions);

export async function createBrief(token: string, brief: BriefDraft): Promise<Brief> {
  return (await requestWithToken(token, 'POST', 'briefs', brief)).json() as Promise<Brief>;
}

/** The next version of a brief. `version`: the one that it is made from; 412 when somebody has changed it since. */
export async function replaceBrief(token: string, id: string, version: number, brief: BriefDraft): Promise<Brief> {
  const more = { 'if-match': `"${version}"` };
  return (await requestWithToken(token, 'PUT', briefPath(id), brief, undefined, more)).json() as Promise<Brief>;
}

export async function deleteBrief(token: string, id: string): Promise<void> {
  await requestWithToken(token, 'DELETE', briefPath(id));
}

const briefPath = (id: string) => `briefs/${encodeURIComponent(id)}`;

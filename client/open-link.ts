import { withParts } from './address/stored-address.ts';
import { getBrief } from './api/briefs.ts';
import { problemOf } from './api/problem-of.ts';
import { getView } from './api/views.ts';
import { getCollections } from './api.ts';
import { brief, viewAt } from './state/brief.ts';
import { linkProblem, sharedView } from './state/shared-view.ts';
import { asItWas, shownAs } from './view-as-stored.ts';

/** Follows a link that names a stored view, or a view of a brief: its address takes the place of the link. */
export async function openLink(): Promise<void> {
  const params = new URLSearchParams(location.hash.slice(1));
  const [view, named] = [params.get('view'), params.get('brief')];
  linkProblem.value = null;
  try {
    const hash = named ? await ofBrief(named, params) : await ofView(view ?? '', params);
    history.replaceState(history.state, '', hash);
  } catch (cause) {
    const of = named ? 'brief' : 'view';
    linkProblem.value = { of, ...problemOf(cause) };
  }
}

/** What the link says itself, such as the language, goes before what is stored. */
const withOwn = (address: string, params: URLSearchParams) => withParts(address, Object.fromEntries(params));

async function ofView(id: string, params: URLSearchParams): Promise<string> {
  const view = await getView(id);
  const { changed, storedAt } = view;
  const isKept = changed.every((layer) => layer.isKept);
  sharedView.value = changed.length > 0 ? { id, storedAt, changed, isKept } : null;
  const hash = withOwn(changed.length > 0 && isKept ? asItWas(view) : view.address, params);
  return changed.length > 0 ? hash : withParts(hash, { view: null });
}

async function ofBrief(named: string, params: URLSearchParams): Promise<string> {
  const [id = '', at = '1'] = named.split('/');
  const read = await getBrief(id);
  brief.value = read;
  const shown = viewAt(read, Number(at));
  // A brief without views opens beside the map as it is.
  if (!shown) return withOwn('#', params);
  const { address, shared } = await shownAs(shown.view, await getCollections());
  sharedView.value = shared;
  return withOwn(withParts(address, { lang: read.language }), params);
}

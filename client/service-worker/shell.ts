/** What `plugin.ts` writes in when the page is built: a name of this release, and the files of the page. */
declare const __AZALAI_SHELL__: { readonly release: string; readonly files: readonly string[] };

const PREFIX = 'azalai-shell-';
const { release, files } = __AZALAI_SHELL__;
const OWN = `${PREFIX}${release}`;
const PAGE = 'index.html';

/** Those of this release and of others that pages may still be open of, the own one first. */
async function shellNames(): Promise<string[]> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  return [OWN, ...names.filter((name) => name !== OWN)];
}

async function findPart(url: string, names: readonly string[]): Promise<Response | undefined> {
  for (const name of names) {
    const found = await (await caches.open(name)).match(url, { ignoreSearch: true, ignoreVary: true });
    if (found) return found;
  }
  return undefined;
}

/** Its name says its content, so that one of another release will do. */
const isHashed = (file: string) => file.startsWith('assets/');

/**
 * Fetches the files of this release, one after the other: a thin link has room for the map beside them. @throws where one
 * cannot be had: then the release before stays
 */
export async function keepShell(scope: string): Promise<void> {
  const own = await caches.open(OWN);
  const others = (await shellNames()).slice(1);
  for (const file of files) {
    const url = new URL(file, scope).href;
    if (await own.match(url)) continue;
    const known = isHashed(file) ? await findPart(url, others) : undefined;
    const response = known ?? (await fetch(url, { cache: isHashed(file) ? 'default' : 'no-cache' }));
    if (!response.ok) throw new Error(`${file} is answered ${response.status}.`);
    await own.put(url, response);
  }
}

/** Forgets releases before the last: open pages ask for parts of theirs, which the server may not have any more. */
export async function dropOldShells(): Promise<void> {
  const names = await shellNames();
  // `caches.keys()` is in the order in which they were made.
  const others = names.slice(1);
  for (const name of others.slice(0, -1)) await caches.delete(name);
}

/** The page of this release. Asked for as `/` it would come with a picture of the map, which nobody needs who has the map. */
export const findPage = (scope: string) => findPart(new URL(PAGE, scope).href, [OWN]);

/** A file of the page: of this release, or of one before whose page is still open. */
export async function findFile(url: string): Promise<Response | undefined> {
  return findPart(url, await shellNames());
}

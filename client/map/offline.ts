import { addProtocol } from 'maplibre-gl';
import { PMTiles, Protocol, type Source } from 'pmtiles';
import { filePaths, IN_PAGE, readFile } from '../offline/in-page.ts';

/** An archive that lies in the page. Its bytes stay in memory from the first tile on. */
function archiveInPage(path: string): Source {
  let whole: Promise<ArrayBuffer | null> | undefined;
  return {
    getKey: () => `${IN_PAGE}${path}`,
    getBytes: async (offset, length) => {
      whole ??= readFile(path);
      const bytes = await whole;
      if (bytes === null) throw new Error(`The copy has no ${path}.`);
      return { data: bytes.slice(offset, offset + length) };
    },
  };
}

/**
 * Lets MapLibre read tiles from archives: `pmtiles://` and the address of the file. In a copy that is a single file these,
 * fonts and images lie in the page. Only a copy without a server does.
 */
export function readArchives(): void {
  const archives = new Protocol();
  const paths = filePaths();
  for (const path of paths) if (path.endsWith('.pmtiles')) archives.add(new PMTiles(archiveInPage(path)));
  addProtocol('pmtiles', archives.tile);
  if (paths.length === 0) return;
  addProtocol('copy', async ({ url, type }) => {
    const bytes = await readFile(url.slice(IN_PAGE.length));
    if (bytes === null) throw new Error(`The copy has no ${url}.`);
    return { data: type === 'json' ? JSON.parse(new TextDecoder().decode(bytes)) : bytes };
  });
}

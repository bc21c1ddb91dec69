import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';

const ARCHIVE = 'pmtiles://';

/** The style with addresses that lead somewhere wherever they are followed: MapLibre takes no relative ones. */
export function toAbsolute(style: StyleSpecification, base: string): StyleSpecification {
  const absolute = (address: string) => new URL(address, base).href;
  const archive = (address: string) =>
    address.startsWith(ARCHIVE) ? `${ARCHIVE}${absolute(address.slice(ARCHIVE.length))}` : absolute(address);
  const faces = Object.entries(style['font-faces'] ?? {}).map(([family, files]) => [
    family,
    typeof files === 'string' ? absolute(files) : files.map((file) => ({ ...file, url: absolute(file.url) })),
  ]);
  const sources = Object.entries(style.sources).map(([name, source]) => [
    name,
    'url' in source && typeof source.url === 'string' ? { ...source, url: archive(source.url) } : source,
  ]);
  return {
    ...style,
    ...(typeof style.sprite === 'string' && { sprite: absolute(style.sprite) }),
    ...(style['font-faces'] && { 'font-faces': Object.fromEntries(faces) }),
    sources: Object.fromEntries(sources),
  };
}

/** Column names that tell a coordinate: small letters and digits only, without accents. Best first. */
const NAMES = {
  lat: [
    'latitude',
    'lat',
    'latdd',
    'latitudedd',
    'declat',
    'latdec',
    'latwgs84',
    'gpslat',
    'latitud',
    'latitudedecimale',
  ],
  lon: [
    'longitude',
    'lon',
    'long',
    'lng',
    'londd',
    'longdd',
    'longitudedd',
    'declon',
    'declong',
    'londec',
    'lonwgs84',
    'gpslon',
    'gpslong',
    'longitud',
    'longitudedecimale',
  ],
  y: ['y', 'ycoord', 'coordy', 'coordonneey', 'pointy', 'northing', 'utmy', 'yutm', 'nord'],
  x: ['x', 'xcoord', 'coordx', 'coordonneex', 'pointx', 'easting', 'utmx', 'xutm', 'est'],
} as const;

/** As a part of a longer name: `_gps_latitude`, `Longitude (X)`. Forms of KoBo and ODK write such. */
const WITHIN = {
  lat: /latitude|(?:^|_)lat(?:_|$)/,
  lon: /longitude|(?:^|_)(?:lon|long|lng)(?:_|$)/,
  y: /(?:^|_)y$/,
  x: /(?:^|_)x$/,
} as const;

const TAGS = { lat: /^#geo\+.*\blat\b/, lon: /^#geo\+.*\blon\b/, y: null, x: null } as const;

export type Role = keyof typeof NAMES;

const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The column that by its HXL tag or its name is this coordinate, or null. */
export function findColumn(columns: readonly string[], tags: readonly string[], role: Role): string | null {
  const tag = TAGS[role];
  const tagged = tag ? columns.find((_, at) => tag.test(tags[at] ?? '')) : undefined;
  if (tagged !== undefined) return tagged;
  for (const wanted of NAMES[role]) {
    const exact = columns.find((column) => plain(column).replace(/[^a-z0-9]/g, '') === wanted);
    if (exact !== undefined) return exact;
  }
  return (
    columns.find((column) =>
      WITHIN[role].test(
        plain(column)
          .replace(/[^a-z0-9]+/g, '_')
          .replace(/_$/, ''),
      ),
    ) ?? null
  );
}

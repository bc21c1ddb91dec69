/**
 * Whether an Accept-Encoding takes gzip. RFC 9110, 12.5.3: a coding named counts before "*", and a weight of 0 is a no.
 * A request without the header is taken to want the bytes as they are: curl and GDAL would write gzip into a file.
 */
export function acceptsGzip(header: string | undefined): boolean {
  if (header === undefined) return false;
  if (!header.includes(';')) return /\b(gzip|x-gzip)\b|\*/i.test(header);
  const weights = new Map(header.split(',').map(readCoding));
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}

function readCoding(text: string): [string, number] {
  const [coding = '', ...parameters] = text.toLowerCase().split(';');
  const weight = parameters.map((parameter) => /^\s*q\s*=\s*([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
  return [coding.trim(), weight === undefined ? 1 : Number(weight)];
}

/** Whether an If-None-Match names one of the tags (in quotes). RFC 9110, 13.1.2: "*" names any, and W/ does not count. */
export function namesTag(header: string, tags: readonly string[]): boolean {
  if (tags.includes(header) || header.trim() === '*') return true;
  return header.split(',').some((tag) => tags.includes(tag.trim().replace(/^W\//, '')));
}

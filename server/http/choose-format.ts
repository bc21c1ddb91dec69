import type { Request, Response } from 'express';
import { NotAcceptable } from './problem.ts';

/**
 * In which of its forms a resource is sent: the one that `f` names, else the one that Accept prefers; the first when it
 * does not care. `mediaTypes` has the media type for each value of `f`, the one for programs first. Says in Vary that
 * Accept decides.
 * @throws NotAcceptable
 */
export function chooseFormat<Format extends string>(
  request: Request,
  response: Response,
  f: string | undefined,
  mediaTypes: Readonly<Record<Format, string>>,
): Format {
  const formats = Object.keys(mediaTypes) as Format[];
  const types = Object.values<string>(mediaTypes);
  response.vary('Accept');
  const named = formats.find((format) => format === f);
  if (named !== undefined) return named;
  if (f === undefined) {
    const preferred = request.accepts(types);
    const index = types.indexOf(String(preferred));
    if (index >= 0) return formats[index] as Format;
  }
  throw new NotAcceptable(`This resource is served as ${types.join(', ')} (f=${formats.join(', f=')}).`);
}

/** The two forms that most resources have. */
export const JSON_AND_HTML = { json: 'application/json', html: 'text/html' } as const;

import { InvalidParameter } from '../../core/errors.ts';
import { RFC7946 } from './page-links.ts';

const KNOWN = ['rfc7946', RFC7946];

/** @throws InvalidParameter when none of the profiles asked for is one that answers follow here */
export function checkProfile(text: string | undefined): void {
  if (text === undefined || text.split(',').some((profile) => KNOWN.includes(profile.trim()))) return;
  const detail = `"${text.slice(0, 80)}" is no profile of this resource: it has ${KNOWN.join(', ')}.`;
  throw new InvalidParameter([{ parameter: 'profile', detail }]);
}

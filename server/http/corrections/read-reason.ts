import type { Request } from 'express';
import type { Author } from '../../core/authors.ts';
import { AuthorSchema, ReasonSchema } from '../../core/correction.ts';
import { InvalidParameter } from '../../core/errors.ts';

const fault = (parameter: string, detail: string) => new InvalidParameter([{ parameter, detail }]);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw fault('Change-Reason', 'Change-Reason is percent-encoded UTF-8: "%" is followed by two hexadecimal digits.');
  }
}

/** Why a single record is changed, and in which part, from the headers of the request. @throws InvalidParameter */
export function readReason(request: Request): { readonly reason: string; readonly author: Author } {
  const reason = ReasonSchema.safeParse(decoded(request.get('change-reason') ?? ''));
  if (!reason.success) {
    throw fault(
      'Change-Reason',
      'Say why in the header Change-Reason, as percent-encoded UTF-8 of 3 to 1,000 characters: "The date was that of the report".',
    );
  }
  const author = AuthorSchema.safeParse((request.get('change-author') ?? 'analyst').trim());
  if (!author.success)
    throw fault(
      'Change-Author',
      `Change-Author is the part that you play, and nobody's name: ${AuthorSchema.options.join(', ')}.`,
    );
  return { reason: reason.data, author: author.data };
}

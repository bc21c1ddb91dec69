import type { z } from 'zod';
import type { PARAMS } from '../params.ts';
import type { AnswerName, BodyName } from './schemas.ts';

type Method = 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';

/** What comes in a body: the name of a schema, or `file` for bytes and text that JSON Schema says nothing of. */
type Content<Name extends string> = Readonly<Record<string, Name | 'file'>>;

/** What one method does on one resource. */
export interface Operation {
  readonly method: Method;
  /** As the route has it: `/collections/:id`. */
  readonly path: string;
  readonly tag:
    | 'Common'
    | 'Features'
    | 'Tiles'
    | 'Hexagons'
    | 'Processes'
    | 'Corrections'
    | 'Versions'
    | 'Briefs'
    | 'Uploads'
    | 'Server';
  readonly summary: string;
  /** Where a standard prescribes it; else made of the method and the path. */
  readonly id?: string;
  readonly params?: readonly (keyof typeof PARAMS)[];
  /** Parameters of this resource only. */
  readonly own?: Readonly<Record<string, z.ZodType>>;
  /** Request headers beside the usual ones, and what they are for. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Content<BodyName>;
  /** By media type; empty: the answer has no body. */
  readonly answers: Content<AnswerName>;
  /** 200 when absent. */
  readonly status?: 201 | 202 | 204;
  /** What a token is for: needed, or to see records that are not public. */
  readonly token?: 'needed' | 'more';
}

import type { Feature, FeatureCollection } from 'geojson';
import type { z } from 'zod';
import type { Field, Layer, Localized, Style } from '../core/layer.ts';
import type { Caveat } from './caveats.ts';
import type { Estimate } from './estimate.ts';
import type { Question } from './question.ts';

/** Features of one geometry in a result: what can be kept as a layer of its own. */
export interface Part {
  /** Names it in the result and in the id of a kept layer: lower case, digits, `_`. */
  readonly id: string;
  readonly title: Localized;
  readonly geometry: Layer['geometry'];
  /** Of their properties, all of them: what an analysis says of each beyond where it is. */
  readonly fields: readonly Field[];
  /** Properties that say from when until when a feature holds, half-open: days or instants in ISO 8601 UTC, null is open. */
  readonly time?: { readonly from: string; readonly to: string };
  /** How it is drawn, here and where it is kept; else in one colour. A field that it reads is `inTiles`. */
  readonly style?: Style;
  /** Degrees, CRS84, in an order that is the same each time. */
  readonly features: readonly Feature[];
}

/** What a process finds out. The frame adds caveats to the text, units and the receipt. */
export interface Outcome<Numbers> {
  /** As the process's `numbers` has them, which rounds them and refuses what is no number. */
  readonly numbers: Numbers;
  readonly parts: readonly Part[];
  /** Whole sentences, built from the numbers. */
  readonly text: Localized;
  readonly caveats: readonly Caveat[];
}

/** A question that can be asked: what it takes, what it runs, what it gives back. One file each; see registry.ts. */
export interface Process<Inputs extends z.ZodObject = z.ZodObject, Numbers extends z.ZodObject = z.ZodObject> {
  /** In addresses: lower case, `-`. */
  readonly id: string;
  readonly title: Localized;
  readonly description: Localized;
  /** Made by `inputsOf`, so that it has what every process takes. */
  readonly inputs: Inputs;
  /** Numbers by `quantity` and `count`, which have units. */
  readonly numbers: Numbers;
  /** What it would take, found out cheaply, before anything is done. */
  readonly estimate: (question: Question, inputs: z.output<Inputs>) => Promise<Estimate>;
  readonly run: (question: Question, inputs: z.output<Inputs>) => Promise<Outcome<z.input<Numbers>>>;
}

/** Lets the inputs and numbers of a process be known where it is written, and be forgotten in the list of all. */
export function defineProcess<Inputs extends z.ZodObject, Numbers extends z.ZodObject>(
  process: Process<Inputs, Numbers>,
): Process {
  return process as unknown as Process;
}

/** By which a result can be asked for again, and be told from another. */
export interface Receipt {
  readonly process: string;
  /** To be sent again as they are: with the defaults that were taken, and the version of each collection. */
  readonly inputs: Readonly<Record<string, unknown>> & { readonly generations: Readonly<Record<string, number>> };
  /** Of the application, which another version may answer otherwise. */
  readonly software: string;
  /** SHA-256 of the result without it, as canonical JSON (`canonicalJson`), in hexadecimal. */
  readonly hash: string;
}

/** What is sent to who asked. Nothing of it depends on when or where it was made. */
export interface Result {
  readonly process: string;
  readonly title: Localized;
  /** A paragraph: what was found, and what must be known with it. */
  readonly text: Localized;
  readonly caveats: readonly Caveat[];
  readonly numbers: Readonly<Record<string, unknown>>;
  /** The unit of each number, by its place in `numbers`: `bins[].rate_per_100km_month`. */
  readonly units: Readonly<Record<string, string>>;
  readonly features: Readonly<Record<string, FeatureCollection & Pick<Part, 'title' | 'fields' | 'style'>>>;
  readonly receipt: Receipt;
}

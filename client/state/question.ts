import { computed, signal } from '@preact/signals';

/** What is being asked: kept by the address, and entered in the panel of questions. */
export interface Question {
  /** Id of the process; empty: none is chosen. */
  readonly process: string;
  /** What has been entered, by the name of the input; what is absent is left to the server. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Whether the reader left the filters of layers out. */
  readonly isUnfiltered: boolean;
  /** Whether its answer was on the page: it is asked again when the page opens with it. */
  readonly isAsked: boolean;
}

const NOTHING: Question = { process: '', inputs: {}, isUnfiltered: false, isAsked: false };

export const question = signal<Question>(NOTHING);
export const entered = computed(() => question.value.inputs);

/** Begins a question anew, with what was entered elsewhere. */
export function beginQuestion(process: string, more: Partial<Question> = {}): void {
  question.value = { ...NOTHING, ...more, process };
}

export function enter(name: string, value: unknown): void {
  const inputs = { ...question.value.inputs, [name]: value };
  if (value === undefined || value === '') delete inputs[name];
  question.value = { ...question.value, inputs, isAsked: false };
}

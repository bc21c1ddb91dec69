import { roundedInputs } from '../ask/rounded-inputs.ts';
import { beginQuestion, question } from '../state/question.ts';
import { askProcess } from '../state.ts';
import { parseAddress } from '../url.ts';
import type { AddressPart } from './part.ts';

/** Begins the names of what is no input. */
const ASKED = ':asked';
const UNFILTERED = ':unfiltered';

/** What has been entered in the question that `ask` names, as JSON; positions to a metre. */
export const askPart: AddressPart = {
  key: 'inputs',
  isUndoable: false,
  print() {
    const { process, inputs, isAsked, isUnfiltered } = question.value;
    if (askProcess.value === null || askProcess.value !== process || process === '') return undefined;
    const said = {
      ...inputs,
      ...(isAsked && { [ASKED]: true }),
      ...(isUnfiltered && { [UNFILTERED]: true }),
    };
    return Object.keys(said).length === 0 ? undefined : JSON.stringify(roundedInputs(said));
  },
  read(text) {
    const { process, inputs } = question.peek();
    // The parts are read before the panel is opened.
    const asked = parseAddress(location.hash).ask ?? '';
    const { [ASKED]: isAsked, [UNFILTERED]: isUnfiltered, ...said } = parsed(text);
    if (process === asked && JSON.stringify(roundedInputs(inputs)) === JSON.stringify(said)) return;
    beginQuestion(asked, { inputs: said, isAsked: isAsked === true, isUnfiltered: isUnfiltered === true });
  },
};

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

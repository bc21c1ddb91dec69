import type { Process } from '../../analysis/process.ts';
import { ProcessNotFound } from './errors.ts';

/** @throws ProcessNotFound */
export function findProcess(processes: readonly Process[], id: string): Process {
  const process = processes.find((each) => each.id === id);
  if (!process)
    throw new ProcessNotFound(
      id,
      processes.map((each) => each.id),
    );
  return process;
}

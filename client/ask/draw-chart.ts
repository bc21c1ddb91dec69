import type { ProcessResult } from '../api/processes.ts';
import type { Chart } from '../charts/chart.ts';
import type { Numbers } from './numbers-at.ts';

/** Draws the charts of one process's answer. */
export type DrawChart = (numbers: Numbers, result: ProcessResult) => Chart[];

import { readFileSync, writeFileSync } from 'node:fs';

/** Of /proc/PID/stat: `getconf CLK_TCK` is 100 on every Linux of today. */
const TICKS_PER_SECOND = 100;

/** The processes that a process has started, and theirs, with itself. Linux only. */
export function treeOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    return [pid, ...children.flatMap(treeOf)];
  } catch {
    // It has ended meanwhile.
    return [];
  }
}

/** Processor seconds of a process and of children that have ended: fields 14 to 17, counted after the name in brackets. */
export function parseCpuSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND;
}

/** Of all processes under the ones given, so far. */
export function cpuSeconds(pids: readonly number[]): number {
  return pids.flatMap(treeOf).reduce((sum, pid) => {
    try {
      return sum + parseCpuSeconds(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    } catch {
      return sum;
    }
  }, 0);
}

/** Begins anew to note the most memory that this process has: from what it has now. Linux only. */
export function forgetPeak(): void {
  writeFileSync('/proc/self/clear_refs', '5');
}

/** The most memory that a process has had resident so far, in MB. */
export function peakMegabytes(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1000;
}

import { Gauge, type Registry } from 'prom-client';

/** Memory of this process, under its name, and its part of the whole set's. */
export function registerMemory(registry: Registry, processName: string): void {
  const resident = () => process.memoryUsage.rss();
  new Gauge({
    name: 'azalai_resident_memory_bytes',
    help: 'Resident memory of each process.',
    labelNames: ['process'],
    registers: [registry],
    collect() {
      this.set({ process: processName }, resident());
    },
  });
  new Gauge({
    name: 'azalai_set_resident_memory_bytes',
    help: 'Resident memory of all processes of the server together; pages that they share count in each.',
    registers: [registry],
    aggregator: 'sum',
    collect() {
      this.set(resident());
    },
  });
}

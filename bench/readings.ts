import type { Readings } from './figure.ts';

/** Gathers the raw numbers of runs, by figure. */
export function createReadings() {
  const readings: Readings = {};
  const of = (name: string) => {
    readings[name] ??= { values: [] };
    return readings[name];
  };
  return {
    readings,
    add(name: string, value: number, against?: number): void {
      const reading = of(name);
      reading.values.push(value);
      if (against !== undefined) reading.against = [...(reading.against ?? []), against];
    },
  };
}

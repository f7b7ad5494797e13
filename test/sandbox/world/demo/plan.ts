import { instantOf } from '../../clock';

/** Something that happened in the demo company's past. */
export interface Planned {
	at: number;
	make: (at: number) => void;
}

export const planned = (time: string, make: (at: number) => void): Planned => ({ at: instantOf(time), make });

/** Lets the past happen in its order, so that ids rise with time. */
export function carryOut(plan: Planned[]): void {
	for (const { at, make } of [...plan].sort((a, b) => a.at - b.at)) make(at);
}

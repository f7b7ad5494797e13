import type { IdlePoll } from './cases/trigger';
import type { Cell } from './compare';
import type { Growth } from './growth';
import type { CaseHold } from './holds';
import type { InN8n } from './inN8n';
import type { Limited } from './limited';
import type { Memory } from './memory';
import type { Paced } from './pace';

/** Everything that one run measured. */
export interface Results {
	machine: Machine;
	versions: Record<string, string>;
	seed: number;
	/** Runs behind each number. */
	times: number;
	/** When it began and how long it took, in minutes. */
	began: string;
	minutes: number;
	/** Load averages of one minute, before and after; the machine's processors are to be compared with. */
	load: [before: number, after: number];
	cells: Cell[];
	limited: Limited[];
	paces: Paced[];
	growth?: Growth;
	memory: Memory[];
	holds: CaseHold[];
	inN8n: InN8n[];
	idle?: IdlePoll;
}

export interface Machine {
	processor: string;
	processors: number;
	memory: string;
	system: string;
	/** Priority of the benchmark's processes; 0 is the usual one. */
	niceness: number;
}

/** The cell of a way; undefined when it was not measured. */
export function cellOf({ cells }: Results, key: string, way: Cell['way'], latency: number): Cell | undefined {
	return cells.find((cell) => cell.key === key && cell.way === way && cell.latency === latency);
}

import type { Bench, Done } from '../bench';

/** The ways of doing a case's work, in the order of the table. */
export const wayNames = ['node', 'nodeTogether', 'taught', 'expert', 'bare', 'bareKeepAlive', 'bareWide'] as const;
export type WayName = (typeof wayNames)[number];

export const wayLabels: Record<WayName, string> = {
	node: 'Procountor node',
	nodeTogether: 'Procountor node, several at a time',
	taught: 'HTTP Request, as taught',
	expert: 'HTTP Request, by an expert',
	bare: 'bare loop',
	bareKeepAlive: 'bare loop, kept connections',
	bareWide: 'bare loop, as much at once as the node',
};

export type Way = (bench: Bench) => Promise<Done>;

export interface Case {
	key: string;
	name: string;
	/** The least requests that the work can be done with, token calls left out. */
	least: number;
	/** How many items the work has to give. */
	items: number;
	/** Puts the records there that the work is about. */
	prepare: (bench: Bench) => Promise<void>;
	ways: Partial<Record<WayName, Way>>;
	/** The ways that keep to a limit of requests, for the runs with the limit on. */
	limited: Partial<Record<WayName, Way>>;
	/** What a reader must know about this case's ways. */
	notes: string[];
}

export const length = async (work: Promise<unknown[]>): Promise<number> => (await work).length;
export const all = async (work: Promise<unknown[]>): Promise<Done> => ({ items: await length(work) });
export const idsOf = (records: ReadonlyArray<{ id?: unknown }>): number[] => records.map(({ id }) => Number(id));

/** Stops the measurement when a way does not give what it should. */
export function expectThat(is: boolean, what: string): void {
	if (!is) throw new Error(`The measurement stops: ${what}`);
}

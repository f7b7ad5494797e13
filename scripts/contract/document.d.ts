export interface Contract {
	openapi: string;
	info: { title: string; version: string };
	servers: unknown;
	paths: Record<string, Record<string, { operationId: string; [fact: string]: unknown }>>;
	components: { schemas: Record<string, Record<string, unknown>> };
}

/** What the published document gets wrong or leaves out: positions (`GET /journals parameters query:statuses`) with their values. */
export interface Correction {
	reason: string;
	set: Record<string, unknown>;
}

export function contractOf(published: Contract, corrections: Correction[], present: Contract): Contract;

/** What is mutated, and the tests that have to notice. Paths are relative to the repository. */
const validation = 'nodes/Procountor/validation';
const trigger = 'nodes/Procountor/trigger';
const api = 'nodes/Procountor/api';
const inTrigger = (...names) => names.map((name) => `${trigger}/${name}.ts`);
const triggerTests = [
	'bounds',
	'changed',
	'compactIds',
	'created',
	'histories',
	'listEnd',
	'scan',
	'state',
	'status',
	'times',
].map((name) => `trigger/${name}`);

/** `isExplained`: each change that survives must stand in survivors.json. @type {Record<string, { mutate: string[], tests: string[], isExplained?: boolean }>} */
export const groups = {
	money: {
		isExplained: true,
		mutate: ['money', 'cents', 'sums'].map((name) => `${validation}/${name}.ts`),
		tests: [
			'validation/money',
			'validation/sums',
			'validation/cents',
			'resources/journalBalance',
			'resources/dimensionAmounts',
		],
	},
	validation: {
		// A table of countries is data.
		mutate: [
			`${validation}/*.ts`,
			...['countryTable', 'money', 'cents', 'sums'].map((name) => `!${validation}/${name}.ts`),
		],
		tests: ['validation/'],
	},
	// The poll as a pure step, in three parts; what is around it talks to n8n, and the engine tests load it built.
	triggerTimes: {
		isExplained: true,
		mutate: inTrigger('compactIds', 'overlap', 'times'),
		tests: ['trigger/compactIds', 'trigger/overlap', 'trigger/times'],
	},
	triggerScan: { isExplained: true, mutate: inTrigger('scan', 'window', 'state'), tests: triggerTests },
	triggerEvents: { isExplained: true, mutate: inTrigger('created', 'changed', 'status'), tests: triggerTests },
	api: {
		mutate: [
			'address',
			'deadline',
			'errorMessages',
			'errors',
			'json',
			'multipart',
			'pagination',
			'rateLimiter',
			'readInParallel',
			'recordLoader',
			'request',
			'response',
			'retry',
			'tokenRenewal',
		].map((name) => `${api}/${name}.ts`),
		tests: ['api/'],
	},
};

/** What is mutated, and the tests that have to notice. Paths are relative to the repository. */
const validation = 'nodes/Procountor/validation';
const trigger = 'nodes/Procountor/trigger';
const api = 'nodes/Procountor/api';

/** @type {Record<string, { mutate: string[], tests: string[] }>} */
export const groups = {
	money: {
		mutate: ['money', 'cents', 'sums'].map((name) => `${validation}/${name}.ts`),
		tests: [
			'validation/money',
			'validation/sums',
			'validation/limits',
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
	// The poll as a pure step; what is around it talks to n8n, and the engine tests load it built.
	trigger: {
		mutate: ['changed', 'compactIds', 'created', 'overlap', 'scan', 'state', 'status', 'times', 'window'].map(
			(name) => `${trigger}/${name}.ts`,
		),
		tests: ['trigger/'],
	},
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

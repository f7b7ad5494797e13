/** What is mutated, and the tests that have to notice. Paths are relative to the repository. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Group {
	mutate: string[];
	tests: string[];
	/** Each change that survives must stand in survivors.json. */
	isExplained?: boolean;
}

const validation = 'nodes/Procountor/validation';
const trigger = 'nodes/Procountor/trigger';
const api = 'nodes/Procountor/api';
const files = (folder: string, ...names: string[]): string[] => names.map((name) => `${folder}/${name}.ts`);
const unit = (...names: string[]): string[] => names.map((name) => `test/unit/${name}.test.ts`);
const apiTests = (...names: string[]): string[] => unit(...names.map((name) => `api/${name}`));
const filesIn = (folder: string, ...without: string[]): string[] =>
	readdirSync(folder)
		.filter((name) => name.endsWith('.ts') && !without.includes(name.replace('.ts', '')))
		.map((name) => join(folder, name));
const testsIn = (folder: string, ...without: string[]): string[] =>
	filesIn(folder, ...without.map((name) => `${name}.test`)).filter((name) => name.endsWith('.test.ts'));

const money = ['money', 'cents', 'sums'];
/** Those of the poll's pure step; what is around it talks to n8n. */
const triggerTests = testsIn('test/unit/trigger', 'mutants', 'registration', 'overlap');

export const groups: Record<string, Group> = {
	money: {
		isExplained: true,
		mutate: files(validation, ...money),
		tests: unit(
			'validation/money',
			'validation/sums',
			'validation/cents',
			'resources/journalBalance',
			'resources/dimensionAmounts',
		),
	},
	validation: {
		// A table of countries is data.
		mutate: filesIn(validation, 'countryTable', ...money),
		tests: testsIn('test/unit/validation'),
	},
	triggerTimes: {
		isExplained: true,
		mutate: files(trigger, 'compactIds', 'overlap', 'times'),
		tests: unit('trigger/compactIds', 'trigger/overlap', 'trigger/times'),
	},
	triggerScan: { isExplained: true, mutate: files(trigger, 'scan', 'window', 'state'), tests: triggerTests },
	triggerEvents: { isExplained: true, mutate: files(trigger, 'created', 'changed', 'status'), tests: triggerTests },
	apiLogin: {
		mutate: files(api, 'accessToken', 'address', 'credential', 'secrets', 'tokenRenewal'),
		tests: apiTests('accessToken', 'address', 'credential', 'faults', 'secrets', 'tokenRenewal'),
	},
	apiRequests: {
		mutate: files(api, 'client', 'deadline', 'exchange', 'execution', 'rateLimiter', 'request', 'retry'),
		tests: apiTests('client', 'credential', 'exchange', 'rateLimiter', 'request', 'retry'),
	},
	apiLists: {
		mutate: files(api, 'listEnd', 'listing', 'pagination', 'readInParallel', 'readPage', 'recordLoader'),
		tests: apiTests('pagination', 'readInParallel'),
	},
	apiResponses: {
		mutate: files(api, 'errorMessages', 'errors', 'faults', 'json', 'multipart', 'response', 'responseShape'),
		tests: apiTests(
			'errorMessages',
			'faults',
			'json',
			'multipart',
			'response',
			'responseShape',
			'successProblem',
			'temporary',
		),
	},
};

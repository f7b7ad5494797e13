import type { INodeExecutionData } from 'n8n-workflow';
import { contractOperations, type ContractOperation } from '../../contract/read';
import { resources } from '../../../nodes/Procountor/resources';
import { fillingsOf, type Filling } from '../reach/parameters';
import { outputSchemaOf, schemaFaults } from '../outputSchema';
import { startBench, type Bench } from '../support';

/** Every plain operation with its form filled in. Jobs depend on stored records and have their own tests. */
const filled = resources.flatMap(({ value, operations }) =>
	Object.entries(operations)
		.filter(([, { kind }]) => kind !== 'job')
		.flatMap(([key, operation]) =>
			fillingsOf(operation).map((filling): [string, string, string, Filling] => [value, key, filling.name, filling]),
		),
);

const byCall = new Map(contractOperations.map((operation) => [operation.call, operation]));
const items: INodeExecutionData[] = [
	{
		json: {},
		binary: {
			data: { data: Buffer.from('%PDF-1.4').toString('base64'), mimeType: 'application/pdf', fileName: 'kuitti.pdf' },
		},
	},
];

let bench: Bench;
beforeAll(async () => (bench = await startBench({ samplesOnly: true })));
afterAll(async () => await bench.close());
beforeEach(() => bench.sandbox.journal.clear());

it.each(filled)(
	'%s: %s sends a valid request with %s and returns items',
	async (resource, key, _name, { parameters }) => {
		const run = await bench.run(resource, key, parameters, { items });
		expect(run.error && `${run.error.message} | ${run.error.description ?? ''}`).toBeUndefined();
		expect(run.items[0].length).toBeGreaterThan(0);
		for (const { json, pairedItem } of run.items[0]) {
			expect(Object.keys(json)).not.toEqual([]);
			expect(pairedItem).toEqual({ item: 0 });
		}
		const schema = outputSchemaOf(resource, key);
		if (schema && parameters.simple !== false && !parameters.includeDetails)
			expect(
				schemaFaults(
					schema,
					run.items[0].map(({ json }) => json),
				),
			).toEqual([]);
		const requests = bench.sandbox.journal.entries.filter(({ path }) => !path.includes('/oauth/'));
		expect(requests.map(({ valid, refusal }) => ({ valid, refusal }))).toEqual(
			requests.map(() => ({ valid: true, refusal: undefined })),
		);
		// The sandbox ignores query parameters that the contract does not define.
		for (const { method, contractPath, query } of requests) {
			const { parameters: known } = byCall.get(`${method} ${contractPath}`) as ContractOperation;
			expect(
				Object.keys(query).filter(
					(name) => !known.some((parameter) => parameter.in === 'query' && parameter.name === name),
				),
			).toEqual([]);
		}
		expect(requests.map(({ method, contractPath }) => `${method} ${contractPath}`)).toContain(
			resources.find(({ value }) => value === resource)?.operations[key].call,
		);
	},
);

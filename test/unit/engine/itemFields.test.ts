import fc from 'fast-check';
import { Workflow, type IDataObject, type INode, type INodeTypes } from 'n8n-workflow';
import { Procountor } from '../../../nodes/Procountor/Procountor.node';
import { resolveItemFields } from '../../../nodes/Procountor/engine/itemFields';

const type = new Procountor();
const nodeTypes: INodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
const node: INode = { id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0], parameters: {} };
const { expression } = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });

/** The value that n8n's own expression engine returns for a stored parameter. */
function byN8n(stored: unknown, json: IDataObject): unknown {
	return expression.getParameterValue(stored as string, null, 0, 0, node.name, [{ json }], 'manual', {});
}

/** Whether n8n itself rejects the expression, as for a field named `__proto__`; n8n evaluates the first item before the node does. */
function isRefused(stored: string): boolean {
	try {
		byN8n(stored, {});
		return false;
	} catch {
		return true;
	}
}

const order = {
	id: 4711,
	number: 'ZZ-1',
	isPaid: false,
	sum: -0.1,
	empty: '',
	note: '={{ $json.id }}',
	'Customer Name': 'Åkerlund & Söhne Oy',
	customer: { id: '48', 'Business ID': '0112038-9' },
};

describe('Item fields in place of expressions', () => {
	it.each([
		['={{ $json.id }}', 4711],
		['={{$json.number}}', 'ZZ-1'],
		['={{ $json.isPaid }}', false],
		['={{ $json.sum }}', -0.1],
		['={{ $json.empty }}', ''],
		['={{ $json.note }}', '={{ $json.id }}'],
		["={{ $json['Customer Name'] }}", 'Åkerlund & Söhne Oy'],
		['={{ $json.customer.id }}', '48'],
		["={{ $json.customer['Business ID'] }}", '0112038-9'],
		["={{ $json['customer'].id }}", '48'],
		['a text', 'a text'],
		[
			{ __rl: true, mode: 'id', value: '={{ $json.id }}' },
			{ __rl: true, mode: 'id', value: 4711 },
		],
		[
			{ row: [{ product: '={{ $json.number }}', quantity: 2 }, { quantity: '={{ $json.sum }}' }] },
			{ row: [{ product: 'ZZ-1', quantity: 2 }, { quantity: -0.1 }] },
		],
	])('return the same value as n8n for %j', (stored, value) => {
		expect(resolveItemFields(stored, order)).toEqual(value);
		expect(byN8n(stored, order)).toEqual(value);
	});

	it.each([
		'={{ $json.missing }}',
		'={{ $json.customer }}',
		'={{ $json.customer.id.length }}',
		'={{ $json.number.length }}',
		'={{ $json.id + 1 }}',
		'={{ $json.id }} ',
		'= {{ $json.id }}',
		'=Order {{ $json.number }}',
		'={{ $json.id }}{{ $json.number }}',
		'={{ $json.toString }}',
		'={{ $json.__proto__ }}',
		'={{ $json.constructor.name }}',
		"={{ $json['id\\u0020'] }}",
		"={{ $('Webhook').item.json.id }}",
		"={{ $fromAI('id') }}",
		{ value: ['={{ $json.id }}', '={{ $now }}'] },
	])('leave %j to n8n', (stored) => {
		expect(resolveItemFields(stored, order)).toBeUndefined();
	});

	it('return no value that n8n would read differently', () => {
		const name = fc.oneof(fc.constantFrom('id', 'a b', 'ä', '$', '0', 'x-1', '__proto__', 'length'), fc.string());
		const value = fc.oneof(
			fc.jsonValue({ maxDepth: 2 }),
			fc.constantFrom<unknown>(new Date(0), NaN, -0, undefined, 1n, '={{ 1 }}'),
		);
		const step = name.map((one) => (/^[A-Za-z_]\w*$/.test(one) ? `.${one}` : `['${one}']`));
		let taken = 0;
		fc.assert(
			fc.property(fc.dictionary(name, value), fc.array(step, { minLength: 1, maxLength: 2 }), (json, steps) => {
				const own = Object.keys(json).map((one) => `={{ $json['${one}'] }}`);
				for (const stored of [`={{ $json${steps.join('')} }}`, ...own]) {
					const fromItem = resolveItemFields(stored, json as IDataObject);
					if (fromItem === undefined || isRefused(stored)) continue;
					taken++;
					expect(fromItem).toEqual(byN8n(stored, json as IDataObject));
				}
			}),
			{ numRuns: 300, endOnFailure: true },
		);
		expect(taken).toBeGreaterThan(100);
	});
});

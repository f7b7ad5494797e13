/** Tests that the example workflows use existing operations and fields; the end-to-end tests run them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers, type INode, type INodeProperties } from 'n8n-workflow';
import { Procountor } from '../../nodes/Procountor/Procountor.node';
import { shownEntries } from '../shownEntries';

const folder = join(__dirname, '..', '..', 'examples');
const { description } = new Procountor();
/** The type that n8n gives the node as an agent's tool, with two fields of n8n's own. */
const TOOL = 'n8n-nodes-procountor.procountorTool';
const OF_A_TOOL = ['descriptionType', 'toolDescription'];
const nodes = readdirSync(folder)
	.filter((name) => name.endsWith('.json'))
	.flatMap((file) =>
		(JSON.parse(readFileSync(join(folder, file), 'utf8')) as { nodes: INode[] }).nodes
			.filter(({ type }) => ['n8n-nodes-procountor.procountor', TOOL].includes(type))
			.map((node) => [file, node.name, node] as const),
	);

/** The fields that the editor shows for a node with its parameters. */
function shownFor(node: INode): INodeProperties[] {
	const values =
		NodeHelpers.getNodeParameters(description.properties, node.parameters, true, false, node, description) ?? {};
	return description.properties.filter((property) => NodeHelpers.displayParameter(values, property, node, description));
}

it('The examples contain more than ten nodes', () => {
	expect(nodes.length).toBeGreaterThan(10);
});

it.each(nodes)("%s: '%s' uses only existing operations and fields", (_file, _name, node) => {
	const shown = shownFor(node);
	const operation = shown.find(({ name }) => name === 'operation');
	expect((operation?.options ?? []).map((option) => ('value' in option ? option.value : undefined))).toContain(
		node.parameters.operation,
	);
	const known = [...shown.map(({ name }) => name), ...(node.type === TOOL ? OF_A_TOOL : [])];
	expect(Object.keys(node.parameters).filter((name) => !known.includes(name))).toEqual([]);
	for (const property of shown) {
		const { name, type } = property;
		if (type !== 'collection') continue;
		const inside = shownEntries(property, node.parameters).map((option) => option.name);
		expect(Object.keys((node.parameters[name] ?? {}) as object).filter((given) => !inside.includes(given))).toEqual([]);
	}
});

/** A workflow's nodes and notes as the canvas shows them. */
interface Canvas {
	nodes: Array<INode & { parameters: { content?: string; width?: number; height?: number } }>;
}
const canvases = readdirSync(folder)
	.filter((name) => name.endsWith('.json'))
	.map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as Canvas] as const);
const isNote = ({ type }: INode): boolean => type.endsWith('stickyNote');

/** The space that a node needs on the canvas, with its name below it. */
const NODE = { left: -60, right: 156, top: -10, bottom: 140 };

it.each(canvases)('%s has a note that covers no node and names the credential to choose', (_file, { nodes: all }) => {
	const [notes, others] = [all.filter(isNote), all.filter((node) => !isNote(node))];
	const covered = notes.flatMap(({ position: [x, y], parameters: { width = 240, height = 160 } }) =>
		others
			.filter(
				({ position: [left, top] }) =>
					left + NODE.left < x + width && left + NODE.right > x && top + NODE.top < y + height && top + NODE.bottom > y,
			)
			.map(({ name }) => name),
	);
	expect(covered).toEqual([]);
	expect(notes.map(({ parameters: { content } }) => content).join()).toMatch(/credential/i);
});

it.each(canvases)('%s has no overlapping node names', (_file, { nodes: all }) => {
	const others = all.filter((node) => !isNote(node));
	const near = others.flatMap((one, index) =>
		others
			.slice(index + 1)
			.filter(({ position: [x, y] }) => Math.abs(x - one.position[0]) < 180 && Math.abs(y - one.position[1]) < 120)
			.map(({ name }) => `${one.name}, ${name}`),
	);
	expect(near).toEqual([]);
});

/** The texts in a value with the names that lead to them. */
function textsIn(value: unknown, path: string[] = []): Array<[path: string[], text: string]> {
	if (typeof value === 'string') return [[path, value]];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, [...path, name]));
}

const SECRET_NAME = /secret|token|password|passphrase|api_?-?key|private_?-?key|authorization/i;
/** Bearer and basic authorization, and long words of letters and digits such as keys and tokens. */
const SECRET_VALUE = /\b(?:bearer|basic) +(?=\S*\d)[\w+/=.~-]{8,}|\b(?=[a-z_+=-]*\d)(?=[\d_+=-]*[a-z])[\w+=-]{20,}/i;

/** The texts of a node's parameters that look like a secret. n8n gives parts of its own nodes an `id`. */
const secretsIn = (parameters: unknown): string[] =>
	textsIn(parameters)
		.filter(([path]) => path.at(-1) !== 'id')
		.filter(([path, text]) => SECRET_VALUE.test(text) || (path.some((name) => SECRET_NAME.test(name)) && text !== ''))
		.map(([path, text]) => `${path.join('.')}: ${text}`);

it.each(canvases)('%s contains no secret in the parameters of its nodes', (_file, { nodes: all }) => {
	expect(all.flatMap(({ name, parameters }) => secretsIn(parameters).map((found) => `${name}, ${found}`))).toEqual([]);
});

it.each(canvases)('%s refers only to placeholder credentials', (_file, { nodes: all }) => {
	const ids = all.flatMap(({ credentials }) => Object.values(credentials ?? {}).map(({ id }) => id));
	expect(
		ids.filter((id) => !['procountor', 'procountor-approver', 'openai', 'sftp', 'mcp'].includes(String(id))),
	).toEqual([]);
});

it.each([
	[{ options: { headers: { row: [{ value: 'Bearer abcdef12345' }] } } }],
	[{ apiKey: 'demo' }],
	[{ additionalFields: { clientSecret: '={{ $json.secret }}' } }],
	[{ url: 'https://example.com/?key=9f2c1b7de0a84c55b3e1' }],
	[{ list: ['8c1f6a52-0e5b-4d3e-9a77-1f0c2b6d9e44'] }],
	[{ code: "const key = 'sk-4bT9xQ2mLw7RfZ1pVd';" }],
])('The check of the examples recognizes a secret in %j', (parameters) => {
	expect(secretsIn(parameters)).toHaveLength(1);
});

// `npm run lint:descriptions`: the lint plugins read literals only, and our nodes' fields are computed. So the built nodes and
// credentials are loaded, their finished descriptions are written out as literals into a scratch package, and that is linted.
import { ESLint } from 'eslint';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { asLinted, faults, measure } from './description.mjs';
import { gateIsInstalled, openGate } from './gate.mjs';
import { lint, report } from './lint.mjs';
import { literal } from './literal.mjs';
import { publishingRules } from './rules.mjs';

// n8n-workflow's own ES modules do not load in Node; its CommonJS form does.
const require = createRequire(import.meta.url);
const { NodeConnectionTypes } = require('n8n-workflow');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const room = resolve('.scratch/descriptions');
rmSync(room, { recursive: true, force: true });
mkdirSync(room, { recursive: true });
cpSync('package.json', join(room, 'package.json'));

let errors = 0;
const nodes = manifest.n8n.nodes.map((path) => ({ path, ...load(path) }));
for (const { path, name, built } of nodes) {
	write(path, nodeSource(name, asLinted(built.description), built.webhookMethods));
	const { bytes, gzipBytes, resources, operations } = measure(built.description);
	const perOperation = operations > 0 ? `, ${Math.round(bytes / operations)} bytes an operation` : '';
	console.log(
		`${name}: ${bytes} bytes, ${gzipBytes} compressed, ${resources} resources, ${operations} operations${perOperation}`,
	);
	for (const fault of faults(built.description)) {
		console.log(`  ${fault}`);
		errors += 1;
	}
}
for (const path of manifest.n8n.credentials) {
	const { name, built } = load(path);
	write(path, credentialSource(name, built));
	console.log(`${name}: ${built.properties.length} properties`);
}

/** The fields of a row stand in the order in which a person fills them in: product, quantity, price, VAT, account, dimension. */
const exceptions = { rules: { 'n8n-nodes-base/node-param-fixed-collection-type-unsorted-items': 'off' } };

const rules = [{ name: 'today', ESLint, config: publishingRules }];
if (gateIsInstalled()) rules.push({ name: 'the gate', ...(await openGate()) });
else console.log("The gate's plugins are not installed (lint:gate does that), so only today's are used.");
for (const { name, ...set } of rules) {
	const config = [...set.config, { files: ['**/nodes/**/*.ts'], ...exceptions }];
	errors += report(`descriptions under ${name}`, await lint({ ...set, config }, room, ['{nodes,credentials}/**/*.ts']));
}
console.log(`lint:descriptions: ${errors} errors`);
process.exitCode = errors === 0 ? 0 : 1;

/** Loads a built class by n8n's own convention: it is called as its file is. */
function load(path) {
	const name = basename(path).split('.')[0];
	const { [name]: Class } = require(resolve(path));
	if (!Class) throw new Error(`${path} exports no ${name}`);
	return { name, built: new Class() };
}

/** Writes a source beside copies of its icons, under the path from which the compiler would have made `path`. */
function write(path, source) {
	const target = join(room, path.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	mkdirSync(dirname(target), { recursive: true });
	writeFileSync(target, source);
	cpSync(dirname(path), dirname(target), { recursive: true, filter: (from) => !/\.(js|json)$/.test(from) });
}

function nodeSource(name, { inputs, outputs, ...description }, webhookMethods) {
	// The class literal begins like a hand-written one; connection types must stand as members of the enumeration.
	const text = literal(description).replace(
		/^\{/,
		`{\ninputs: ${connections(inputs)},\noutputs: ${connections(outputs)},`,
	);
	return `import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';\n
export class ${name} implements INodeType {\n\tdescription: INodeTypeDescription = ${text};\n${methods(webhookMethods)}}\n`;
}

/** The names of the methods that register a webhook: the linter requires them. */
function methods(webhookMethods) {
	if (!webhookMethods) return '';
	const member = (name) => `${name}: async (): Promise<boolean> => true`;
	const hooks = Object.entries(webhookMethods).map(
		([hook, functions]) => `${hook}: { ${Object.keys(functions).map(member).join(', ')} }`,
	);
	return `\twebhookMethods = { ${hooks.join(', ')} };\n`;
}

function connections(types) {
	const member = (type) => Object.entries(NodeConnectionTypes).find(([, value]) => value === type)[0];
	return `[${types.map((type) => `NodeConnectionTypes.${member(type)}`).join(', ')}]`;
}

function credentialSource(name, built) {
	const types = {
		properties: 'INodeProperties[]',
		authenticate: 'IAuthenticateGeneric',
		test: 'ICredentialTestRequest',
		icon: 'Icon',
	};
	const fields = Object.entries(built)
		.filter(([, value]) => typeof value !== 'function' && value !== undefined)
		.map(([key, value]) => `\t${key}${types[key] ? `: ${types[key]}` : ''} = ${literal(value, key)};`);
	return `import type { IAuthenticateGeneric, ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';\n
export class ${name} implements ICredentialType {\n${fields.join('\n\n')}\n}\n`;
}

// What becomes of an OpenAPI document as the publisher gives it: facts alone, with our corrections, in the contract's form.

const NOT_FACTS = new Set(['summary', 'description', 'example', 'examples', 'externalDocs', 'title']);
const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** A copy without texts; names of properties, schemas and paths are kept, whatever they are. */
function facts(value, namesAreKeys = false) {
	if (Array.isArray(value)) return value.map((one) => facts(one));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([key]) => namesAreKeys || !NOT_FACTS.has(key))
			.map(([key, inner]) => [key, facts(inner, ['properties', 'schemas', 'paths'].includes(key) && !namesAreKeys)]),
	);
}

/** Puts a value at a position such as `GET /journals parameters query:statuses schema`. @throws Error when the call is missing */
function setAt(document, position, value) {
	const [method, path, ...steps] = position.split(' ');
	if (steps.length === 0) {
		(document.paths[path] ??= {})[method.toLowerCase()] = value;
		return;
	}
	let target = document.paths[path]?.[method.toLowerCase()];
	if (!target) throw new Error(`${method} ${path} is not in the document. Change or remove its correction.`);
	const last = steps.pop();
	for (const step of steps) target = childOf(target, step) ?? (target[step] = {});
	if (!Array.isArray(target)) target[last] = value;
	else if (childOf(target, last)) target[target.indexOf(childOf(target, last))] = value;
	else target.push(value);
}

/** Parameters are found by place and name: `header:username`. */
const childOf = (target, step) => (Array.isArray(target) ? target.find((one) => keyOf(one) === step) : target[step]);

const keyOf = (parameter) => `${parameter.in}:${parameter.name}`;

/** Schemas that are nothing but an enumeration, by name. */
const sharedEnums = (document) =>
	Object.entries(document.components.schemas).filter(
		([, schema]) => schema.enum && Object.keys(schema).every((key) => ['type', 'enum'].includes(key)),
	);

/**
 * Gives enumerations that are written out the names that they have in the present contract. One whose values have
 * changed is known by its position.
 */
function shareEnums(document, present) {
	const named = new Map(sharedEnums(present).map(([name, schema]) => [`#/components/schemas/${name}`, schema]));
	const spots = [];
	const walk = (next, old, put) => {
		if (next === null || typeof next !== 'object') return;
		if (Array.isArray(next.enum) && old?.$ref && named.has(old.$ref))
			return void spots.push({ ref: old.$ref, next, put });
		for (const [key, inner] of Object.entries(next)) {
			const before = Array.isArray(next) && inner?.in ? old?.find?.((one) => keyOf(one) === keyOf(inner)) : old?.[key];
			walk(inner, before, (value) => (next[key] = value));
		}
	};
	walk(document, present, () => undefined);
	const inOrder = (values) => [...values].sort().join();
	for (const [ref, schema] of named) {
		const here = spots.filter((spot) => spot.ref === ref);
		const name = ref.split('/').pop();
		const alike = here.every(({ next }) => inOrder(next.enum) === inOrder(here[0].next.enum));
		const changed = here.length > 0 && alike && inOrder(here[0].next.enum) !== inOrder(schema.enum);
		document.components.schemas[name] ??= changed ? { type: 'string', enum: here[0].next.enum } : schema;
		const shared = inOrder(document.components.schemas[name].enum);
		for (const { next, put } of here) if (inOrder(next.enum) === shared) put({ $ref: ref });
	}
}

/**
 * The contract of a document as the publisher gives it.
 * @param published the OpenAPI document; it is not changed
 * @param corrections what the document gets wrong or leaves out, each with its reason
 * @param present the present contract
 * @throws Error when it is no OpenAPI 3 document, or a correction is about a call that it lacks
 */
export function contractOf(published, corrections, present) {
	if (!/^3\./.test(published?.openapi ?? '') || !published.paths || !published.components?.schemas)
		throw new Error('The file is no OpenAPI 3 document with paths and schemas.');
	const document = facts(published);
	for (const methods of Object.values(document.paths))
		for (const [method, operation] of Object.entries(methods)) {
			if (!METHODS.has(method)) delete methods[method];
			else
				for (const [status, response] of Object.entries(operation.responses ?? {}))
					operation.responses[status] = { description: '', ...response };
		}
	for (const { set } of corrections)
		for (const [position, value] of Object.entries(set)) setAt(document, position, JSON.parse(JSON.stringify(value)));
	shareEnums(document, present);
	const { version } = published.info ?? {};
	return {
		openapi: document.openapi,
		info: { title: present.info.title, version: version ?? present.info.version },
		servers: present.servers,
		paths: document.paths,
		components: { schemas: document.components.schemas },
	};
}

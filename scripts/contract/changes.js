// The difference of two contracts, by operation, field, limit and enumeration.

const SHAPE = new Set(['properties', 'items', 'enum', 'required', 'oneOf', '$ref']);

/** `Invoice` of a reference. */
const nameOf = (ref) => ref.split('/').pop();

/** Calls of a contract: `GET /invoices` → operation. */
const callsOf = (contract) =>
	new Map(
		Object.entries(contract.paths).flatMap(([path, methods]) =>
			Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
		),
	);

/** Schemas that a part of a contract names, directly or through others. */
function reachedFrom(value, contract, reached = new Set()) {
	if (value === null || typeof value !== 'object') return reached;
	if (typeof value.$ref === 'string') {
		const name = nameOf(value.$ref);
		if (!reached.has(name)) {
			reached.add(name);
			reachedFrom(contract.components.schemas[name], contract, reached);
		}
	}
	for (const inner of Object.values(value)) reachedFrom(inner, contract, reached);
	return reached;
}

/**
 * What came, went and changed.
 * @returns list of `{where, field, kind, detail, calls}`: `where` is a call or a schema, `calls` are those that it touches
 */
export function changesBetween(before, after) {
	const changes = [];
	const add = (where, field, kind, detail) => changes.push({ where, field, kind, detail });
	const text = (value) => JSON.stringify(value);

	/** Both sides of what maps hold under the same names. */
	const pairs = (old = {}, next = {}) =>
		[...new Set([...Object.keys(old), ...Object.keys(next)])].map((name) => [name, old[name], next[name]]);

	function listChange(where, field, kind, old = [], next = []) {
		const came = next.filter((one) => !old.includes(one));
		const went = old.filter((one) => !next.includes(one));
		if (came.length) add(where, field, kind, `new: ${came.join(', ')}`);
		if (went.length) add(where, field, kind, `gone: ${went.join(', ')}`);
	}

	/** An enumeration that is written out on one side and shared on the other is the same. */
	const enumOf = (schema, contract) =>
		schema.$ref ? contract.components.schemas[nameOf(schema.$ref)]?.enum : schema.enum;

	function schemaChange(where, field, old, next) {
		const values = [enumOf(old, before), enumOf(next, after)];
		if (values[0] && values[1])
			return old.$ref && next.$ref ? undefined : listChange(where, field, 'enumeration', ...values);
		if (old.$ref !== next.$ref)
			return add(
				where,
				field,
				'type',
				`${old.$ref ? nameOf(old.$ref) : old.type} is now ${next.$ref ? nameOf(next.$ref) : next.type}`,
			);
		listChange(where, field, 'enumeration', old.enum, next.enum);
		listChange(where, field, 'required', old.required, next.required);
		for (const [key, a, b] of pairs(old, next))
			if (!SHAPE.has(key) && text(a) !== text(b))
				add(
					where,
					field,
					key === 'type' ? 'type' : 'limit',
					`${key}: ${text(a) ?? 'none'} is now ${text(b) ?? 'none'}`,
				);
		for (const [name, a, b] of pairs(old.properties, next.properties)) {
			const path = field ? `${field}.${name}` : name;
			if (!a) add(where, path, 'field', 'new');
			else if (!b) add(where, path, 'field', 'gone');
			else schemaChange(where, path, a, b);
		}
		if (old.items && next.items) schemaChange(where, `${field}[]`, old.items, next.items);
		else if (old.items || next.items) add(where, field, 'type', 'items changed');
		if (text(old.oneOf) !== text(next.oneOf)) add(where, field, 'type', 'alternatives changed');
	}

	const byKey = (parameters = []) => Object.fromEntries(parameters.map((one) => [`${one.in} ${one.name}`, one]));
	function parameterChange(call, old, next) {
		for (const [key, a, b] of pairs(byKey(old), byKey(next))) {
			if (!a) add(call, key, 'parameter', b.required ? 'new, required' : 'new');
			else if (!b) add(call, key, 'parameter', 'gone');
			else {
				if (Boolean(a.required) !== Boolean(b.required))
					add(call, key, 'required', b.required ? 'now required' : 'no longer required');
				if (a.explode !== b.explode) add(call, key, 'parameter', 'lists are sent in another form');
				schemaChange(call, key, a.schema, b.schema);
			}
		}
	}
	function contentChange(call, part, old = {}, next = {}) {
		for (const [type, a, b] of pairs(old.content, next.content)) {
			if (!a || !b) add(call, part, 'media type', `${a ? 'gone' : 'new'}: ${type}`);
			else schemaChange(call, part, a.schema ?? {}, b.schema ?? {});
		}
	}

	const [oldCalls, newCalls] = [callsOf(before), callsOf(after)];
	for (const call of new Set([...oldCalls.keys(), ...newCalls.keys()])) {
		const [old, next] = [oldCalls.get(call), newCalls.get(call)];
		if (!old) add(call, '', 'operation', 'new');
		else if (!next) add(call, '', 'operation', 'gone');
		else {
			parameterChange(call, old.parameters, next.parameters);
			if (Boolean(old.requestBody) !== Boolean(next.requestBody))
				add(call, 'body', 'field', next.requestBody ? 'new' : 'gone');
			else contentChange(call, 'body', old.requestBody, next.requestBody);
			for (const [status, a, b] of pairs(old.responses, next.responses)) {
				if (!a || !b) add(call, `response ${status}`, 'response', a ? 'gone' : 'new');
				else contentChange(call, `response ${status}`, a, b);
			}
			for (const [key, a, b] of pairs(old, next))
				if ((key === 'operationId' || key === 'deprecated' || key.startsWith('x-')) && text(a) !== text(b))
					add(call, key, 'property', `${text(a) ?? 'none'} is now ${text(b) ?? 'none'}`);
		}
	}
	for (const [name, old, next] of pairs(before.components.schemas, after.components.schemas)) {
		if (!old) add(name, '', 'schema', 'new');
		else if (!next) add(name, '', 'schema', 'gone');
		else schemaChange(name, '', old, next);
	}
	const reach = [before, after].map((contract) =>
		[...callsOf(contract)].map(([call, operation]) => [call, reachedFrom(operation, contract)]),
	);
	const touchedBy = (where) =>
		where.includes(' ')
			? [where]
			: [...new Set(reach.flatMap((all) => all.filter(([, names]) => names.has(where)).map(([call]) => call)))];
	return changes.map((change) => ({ ...change, calls: touchedBy(change.where) }));
}

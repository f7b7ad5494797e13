// What our own gate asks of a node's finished description beyond the lint plugins.
import { gzipSync } from 'node:zlib';

/** Bounds on one node's description as the editor downloads it. */
const MOST_BYTES = 350_000;
const MOST_GZIP_BYTES = 36_000;

/** Sizes and counts of a description: `bytes` of its JSON, `gzipBytes`, `resources`, `operations`. */
export function measure(description) {
	const json = JSON.stringify(description);
	return {
		bytes: Buffer.byteLength(json),
		gzipBytes: gzipSync(json).length,
		resources: optionsOf(description, 'resource').flat().length,
		operations: optionsOf(description, 'operation').flat().length,
	};
}

/** The faults of a description in plain words; none when it is as it should be. */
export function faults(description) {
	const { bytes, gzipBytes } = measure(description);
	const found = [];
	if (bytes >= MOST_BYTES) found.push(`${bytes} bytes, at most ${MOST_BYTES - 1} are allowed`);
	if (gzipBytes >= MOST_GZIP_BYTES)
		found.push(`${gzipBytes} bytes compressed, at most ${MOST_GZIP_BYTES - 1} are allowed`);
	for (const options of optionsOf(description, 'operation')) found.push(...disorder(options.map(({ name }) => name)));
	for (const { name, value, action, description: text } of optionsOf(description, 'operation').flat()) {
		if (!action) found.push(`operation ${name} (${value}) has no action`);
		if (!text) found.push(`operation ${name} (${value}) has no description`);
		else if (text.toLowerCase() === action?.toLowerCase())
			found.push(`operation ${name} (${value}): its description only repeats its action`);
	}
	return found;
}

function optionsOf(description, parameter) {
	return description.properties
		.filter(({ name, type }) => name === parameter && type === 'options')
		.map(({ options }) => options);
}

function disorder(names) {
	const first = names.findIndex((name, index) => index > 0 && names[index - 1].localeCompare(name, 'en') > 0);
	return first < 0
		? []
		: [`operations are not in alphabetical order: '${names[first]}' comes after '${names[first - 1]}'`];
}

/**
 * A description as the lint plugins want it, where we chose otherwise: resources stand in the order of use, because the
 * editor's panel has no search among the actions; and an action may contain the name of a country.
 */
export function asLinted(description) {
	const properties = description.properties.map((property) => {
		if (property.name === 'resource' && property.options)
			return { ...property, options: [...property.options].sort((a, b) => a.name.localeCompare(b.name, 'en')) };
		if (property.name === 'operation' && property.options)
			return {
				...property,
				options: property.options.map((option) => ({ ...option, action: option.action.replace('Swedish', 'swedish') })),
			};
		return property;
	});
	return { ...description, properties };
}

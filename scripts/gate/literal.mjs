/**
 * Writes plain data as a TypeScript literal in the form that the lint plugins read: keys bare where they can be.
 * @param value objects, arrays, strings, numbers, booleans, null; keys that hold undefined are left out
 * @param path where the value stands, for the error
 * @throws when it meets anything else: a description must be data, since n8n sends it to the browser as JSON
 */
export function literal(value, path = 'description') {
	if (Array.isArray(value)) return `[${value.map((item, index) => literal(item, `${path}[${index}]`)).join(',\n')}]`;
	if (value !== null && typeof value === 'object') {
		const entries = Object.entries(value).filter(([, item]) => item !== undefined);
		return `{\n${entries.map(([key, item]) => `${name(key)}: ${literal(item, `${path}.${key}`)}`).join(',\n')}\n}`;
	}
	if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return JSON.stringify(value);
	throw new Error(`${path} is a ${typeof value}, which cannot be sent to the editor`);
}

function name(key) {
	return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

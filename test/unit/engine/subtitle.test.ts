import { operationSubtitle } from '../../../nodes/Procountor/engine/subtitle';
import { resources } from '../../../nodes/Procountor/resources';

/** Calculates the expression as the editor does. */
function subtitleOf(resource: string, operation: string): string {
	const calculate = new Function('$parameter', `return ${operationSubtitle.slice('={{'.length, -'}}'.length)}`);
	return (calculate as (parameter: object) => string)({ resource, operation });
}

describe('Subtitle of the node', () => {
	it.each([
		['invoice', 'create', 'Create Sales Invoice'],
		['invoice', 'createPurchase', 'Create Purchase Invoice'],
		['invoice', 'sendToCirculation', 'Invoice: Send to Circulation'],
		['product', 'getAll', 'Get Many Products'],
		['currency', 'getAll', 'Get Many Currencies'],
		['businessPartner', 'upsert', 'Create or Update Business Partner'],
		['company', 'checkAccess', 'Company: Check Access'],
		['vat', 'getDefaults', 'VAT: Get Defaults'],
		['apiRequest', 'send', 'Send API Request'],
	])("shows %s.%s as '%s'", (resource, operation, text) => {
		expect(subtitleOf(resource, operation)).toBe(text);
	});

	it('differs for every operation and starts with a capital letter', () => {
		const texts = resources.flatMap(({ value, operations }) =>
			Object.keys(operations).map((key) => subtitleOf(value, key)),
		);
		expect(new Set(texts).size).toBe(texts.length);
		expect(texts.filter((text) => !/^[A-Z]/.test(text))).toEqual([]);
	});
});

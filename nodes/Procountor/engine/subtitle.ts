/**
 * The node's subtitle, such as 'Create Sales Invoice' or 'Company: Check Access'. The editor computes it from resource
 * and operation, because a list of all operations would add 2 kB to the description.
 */
export const operationSubtitle = `={{ ((resource, operation) => {
	const special = {
		"invoice.create": "Create Sales Invoice",
		"invoice.createPurchase": "Create Purchase Invoice",
		"currency.getAll": "Get Many Currencies",
	}[resource + "." + operation];
	if (special) return special;
	const words = (name) => name.replace(/([A-Z])/g, " $1").replace(/^./, (letter) => letter.toUpperCase())
		.replace(/ (As|For|If|Or|To|With)\\b/g, (word) => word.toLowerCase())
		.replace(/\\b(Api|Sie|Vat)\\b/g, (word) => word.toUpperCase()).replace("E Invoice", "E-Invoice");
	const verb = words(operation === "upsert" ? "createOrUpdate" : operation).replace("Get All", "Get Many");
	const noun = words(resource);
	if (operation === "getAll") return verb + " " + noun + "s";
	if (/^[a-z]+$/.test(operation)) return verb + " " + noun;
	return verb.includes(noun) ? verb : noun + ": " + verb;
})($parameter["resource"], $parameter["operation"]) }}`.replace(/\s*\n\s*/g, ' ');

/** Returns the trigger's subtitle, which is the name of the chosen event. */
export function eventSubtitle(events: Array<{ value: string; name: string }>): string {
	const table = JSON.stringify(Object.fromEntries(events.map(({ value, name }) => [value, name])));
	return `={{ ${table}[$parameter["event"]] }}`;
}

import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { compare } from './property';

type Option = INodeProperties | INodePropertyOptions;

/** An operation of a resource that has a form, as `invoice:create`. */
export type FormName = `${string}:${string}`;

/** An entry of a collection that several forms show, and the forms that have it. */
interface SharedOption {
	shape: INodeProperties;
	key: string;
	forms: Set<FormName>;
}

/** The entries of a collection and all forms that show it. */
export interface SharedOptions {
	forms: Set<FormName>;
	options: Map<string, SharedOption>;
}

/** Returns the entries of one form's collection. */
export function optionsOf({ options = [] }: INodeProperties, forms: FormName[]): SharedOptions {
	const own = new Set(forms);
	const entries = (options as INodeProperties[]).map((shape): [string, SharedOption] => {
		const key = JSON.stringify(shape);
		return [key, { shape, key, forms: own }];
	});
	return { forms: own, options: new Map(entries) };
}

export function joinedOptions(one: SharedOptions, other: SharedOptions): SharedOptions {
	const options = new Map(one.options);
	for (const [key, option] of other.options) {
		const same = options.get(key);
		options.set(key, same ? { ...same, forms: new Set([...same.forms, ...option.forms]) } : option);
	}
	return { forms: new Set([...one.forms, ...other.forms]), options };
}

/** Characters of a collection without its entries, and of the condition of an entry, about. */
const FRAME = 220;
const CONDITION = 100;

/** Returns about how many characters one collection for both saves. Entries of only one form need a condition. */
export function savingOf(one: SharedOptions, other: SharedOptions): number {
	let saving = FRAME;
	for (const { key } of other.options.values()) saving += one.options.has(key) ? key.length : -CONDITION;
	for (const { key, forms } of one.options.values())
		if (!other.options.has(key) && forms.size === one.forms.size) saving -= CONDITION;
	return saving;
}

/**
 * Returns the entries in alphabetical order. An entry that some forms of the collection lack is shown only for those
 * that have it.
 */
export function shownOptions(shared: SharedOptions): Option[] {
	return [...shared.options.values()]
		.flatMap(({ shape, forms }) => conditionsOf(forms, shared.forms).map((condition) => limited(shape, condition)))
		.sort((a, b) => compare(a.displayName, b.displayName));
}

function limited(shape: INodeProperties, condition: IDisplayOptions['show']): INodeProperties {
	if (Object.keys(condition ?? {}).length === 0) return shape;
	const { show, ...rest } = shape.displayOptions ?? {};
	return { ...shape, displayOptions: { ...rest, show: { ...condition, ...show } } };
}

/** What shows an entry in some forms of a collection and in no other: an empty condition if these are all; several where one cannot. */
function conditionsOf(forms: ReadonlySet<FormName>, all: ReadonlySet<FormName>): Array<Record<string, string[]>> {
	if (forms.size === all.size) return [{}];
	const own = [...forms].map(partsOf);
	const resources = new Set(own.map(([resource]) => resource));
	const operations = new Set(own.map(([, operation]) => operation));
	const parts = [...all].map(partsOf);
	const shownByResource = parts.filter(([resource]) => resources.has(resource));
	const shownByOperation = parts.filter(([, operation]) => operations.has(operation));
	const shownByBoth = shownByResource.filter(([, operation]) => operations.has(operation));
	if (shownByResource.length === forms.size) return [{ '/resource': [...resources] }];
	if (shownByOperation.length === forms.size) return [{ '/operation': [...operations] }];
	if (shownByBoth.length === forms.size) return [{ '/resource': [...resources], '/operation': [...operations] }];
	return [...resources].flatMap((resource) =>
		conditionsOf(new Set([...forms].filter((form) => form.startsWith(`${resource}:`))), all),
	);
}

const partsOf = (form: FormName): string[] => form.split(':');

import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { compareNames } from './property';

type Option = INodeProperties | INodePropertyOptions;

/** A form's resource and operation, such as `invoice:create`. */
export type FormName = `${string}:${string}`;

/** An option of a collection, and the forms that have it. */
interface SharedOption {
	property: INodeProperties;
	key: string;
	forms: Set<FormName>;
}

/** The options of a collection, and all forms that show it. */
export interface SharedOptions {
	forms: Set<FormName>;
	options: Map<string, SharedOption>;
}

/** Returns the options of one form's collection. */
export function optionsOf({ options = [] }: INodeProperties, forms: FormName[]): SharedOptions {
	const formSet = new Set(forms);
	const entries = (options as INodeProperties[]).map((property): [string, SharedOption] => {
		const key = JSON.stringify(property);
		return [key, { property, key, forms: formSet }];
	});
	return { forms: formSet, options: new Map(entries) };
}

export function mergeOptions(one: SharedOptions, other: SharedOptions): SharedOptions {
	const options = new Map(one.options);
	for (const [key, option] of other.options) {
		const match = options.get(key);
		options.set(key, match ? { ...match, forms: new Set([...match.forms, ...option.forms]) } : option);
	}
	return { forms: new Set([...one.forms, ...other.forms]), options };
}

/** The approximate size of a collection without its options, and of an option's condition, in characters. */
const COLLECTION_CHARS = 220;
const CONDITION_CHARS = 100;

/** Returns about how many characters are saved if two collections are merged. Options of one form need a condition. */
export function savedChars(one: SharedOptions, other: SharedOptions): number {
	let saving = COLLECTION_CHARS;
	for (const { key } of other.options.values()) saving += one.options.has(key) ? key.length : -CONDITION_CHARS;
	for (const { key, forms } of one.options.values())
		if (!other.options.has(key) && forms.size === one.forms.size) saving -= CONDITION_CHARS;
	return saving;
}

/**
 * Returns the options in alphabetical order. An option that some forms lack gets a condition, so that it is shown only in
 * the others.
 */
export function shownOptions(shared: SharedOptions): Option[] {
	return [...shared.options.values()]
		.flatMap(({ property, forms }) =>
			conditionsOf(forms, shared.forms).map((condition) => withCondition(property, condition)),
		)
		.sort((a, b) => compareNames(a.displayName, b.displayName));
}

function withCondition(property: INodeProperties, condition: IDisplayOptions['show']): INodeProperties {
	if (Object.keys(condition ?? {}).length === 0) return property;
	const { show, ...rest } = property.displayOptions ?? {};
	return { ...property, displayOptions: { ...rest, show: { ...condition, ...show } } };
}

/**
 * Returns the conditions that show an option only in its forms: an empty condition if these are all forms, several if one
 * is not enough.
 */
function conditionsOf(forms: ReadonlySet<FormName>, all: ReadonlySet<FormName>): Array<Record<string, string[]>> {
	if (forms.size === all.size) return [{}];
	const names = [...forms].map(splitFormName);
	const resources = new Set(names.map(([resource]) => resource));
	const operations = new Set(names.map(([, operation]) => operation));
	const allNames = [...all].map(splitFormName);
	const shownByResource = allNames.filter(([resource]) => resources.has(resource));
	const shownByOperation = allNames.filter(([, operation]) => operations.has(operation));
	const shownByBoth = shownByResource.filter(([, operation]) => operations.has(operation));
	if (shownByResource.length === forms.size) return [{ '/resource': [...resources] }];
	if (shownByOperation.length === forms.size) return [{ '/operation': [...operations] }];
	if (shownByBoth.length === forms.size) return [{ '/resource': [...resources], '/operation': [...operations] }];
	return [...resources].flatMap((resource) =>
		conditionsOf(new Set([...forms].filter((form) => form.startsWith(`${resource}:`))), all),
	);
}

const splitFormName = (form: FormName): string[] => form.split(':');

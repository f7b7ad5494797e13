import type { Switches } from '../switches';
import type { Parameter, Schema } from './contract';

const NUMBER = /^-?\d+(\.\d+)?$/;
const DATE_WITH_TIME = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const TIME_WITHOUT_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** Forms that public clients send and the contract does not have (docs/procountor.md#request-forms). */
export class RequestForms {
	constructor(
		private readonly switches: Switches,
		private readonly resolve: (schema: Schema) => Schema,
	) {}

	/** A query value in the contract's form, if its switch accepts the form that came. */
	queryValue(parameter: Parameter, value: string): string {
		const { name, schema } = parameter;
		if (name.startsWith('orderBy') && this.switches.orderInLowerCase === 'accepted') return value.toUpperCase();
		if (
			schema.format === 'date-time' &&
			this.switches.timesWithoutSeconds === 'accepted' &&
			TIME_WITHOUT_SECONDS.test(value)
		)
			return `${value}:00`;
		return schema.format === 'date' ? this.day(value) : value;
	}

	/** A body in the contract's form, as far as the switches accept the form that came. */
	body(schema: Schema, value: unknown): unknown {
		const known = this.resolve(schema);
		if (typeof value === 'string') return this.text(known, value);
		if (Array.isArray(value)) return value.map((item: unknown) => this.body(known.items ?? {}, item));
		if (value === null || typeof value !== 'object') return value;
		const { properties = {}, required = [] } = known;
		const fields = Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
			const field = properties[name];
			if (!field) return [[name, inner]];
			if (inner !== '' || !this.emptyMeansNothing(field)) return [[name, this.body(field, inner)]];
			// A required unit cannot be missing in the response: Procountor would have to take one of its own.
			return required.includes(name) ? [[name, firstChoice(this.resolve(field))]] : [];
		});
		return Object.fromEntries(fields) as unknown;
	}

	/** Whether an empty text stands for nothing: where the contract has a number, a date or one of a list of values. */
	private emptyMeansNothing(schema: Schema): boolean {
		const { type, enum: choices, format } = this.resolve(schema);
		return (
			this.switches.emptyValues === 'accepted' && (type !== 'string' || choices !== undefined || format === 'date')
		);
	}

	private text({ type, format }: Schema, value: string): string | number {
		const isNumber = type === 'number' || type === 'integer';
		if (isNumber && this.switches.numbersAsText === 'accepted' && NUMBER.test(value)) return Number(value);
		return format === 'date' ? this.day(value) : value;
	}

	private day(value: string): string {
		const day = DATE_WITH_TIME.exec(value)?.[1];
		return day !== undefined && this.switches.datesWithTime === 'accepted' ? day : value;
	}
}

const firstChoice = ({ enum: choices = [] }: Schema): unknown => (choices.includes('PIECE') ? 'PIECE' : choices[0]);

import { badRequest } from '../errors';
import type { Call } from './handler';

/**
 * A search value that comes in a header, read as the switch `headerEncoding` says; Node gives every byte as one character.
 * @param name in lower case
 * @throws Refusal 400 where the percent signs are none
 */
export function headerText(call: Call, name: string): string | undefined {
	const raw = call.headers[name];
	if (typeof raw !== 'string' || raw === '') return undefined;
	if (call.switches.headerEncoding === 'utf8') return Buffer.from(raw, 'latin1').toString('utf8');
	if (call.switches.headerEncoding === 'latin1') return raw;
	try {
		return decodeURIComponent(raw);
	} catch {
		throw badRequest('Header is not valid.', name);
	}
}

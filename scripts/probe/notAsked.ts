import type { SwitchName } from '../../test/sandbox/switches';

const AT_THE_LIMIT = 'Procountor can suspend a client that exceeds the limit, so the probe stays below it';

/** Switches that the probe does not ask about, each with the reason. */
export const NOT_ASKED: Partial<Record<SwitchName, string>> = {
	refreshTokenLimit: 'a person would have to log in 101 times',
	requestLimit: AT_THE_LIMIT,
	limitAnswer: AT_THE_LIMIT,
	bankMovesNotify: 'only a bank moves a payment on, hours after a person has confirmed it',
};

import type { SwitchName } from '../../../test/sandbox/switches';
import type { Probe } from '../probe';

export type Value = string | number | boolean;

/** What came of a question: the value, or why it cannot be told. Neither may hold data of the company. */
export type Finding = { value: Value; evidence?: string } | { cannotTell: string };

/**
 * What a question needs: only reading, a person who logs in, records of its own in the test environment, or
 * such records and a person who confirms an order.
 */
export type Need = 'read' | 'login' | 'write' | 'confirm';

/** One numbered question about the API that no source settles. */
export interface Fact {
	/** Name of the sandbox's switch. */
	name: SwitchName;
	need: Need;
	question: string;
	ask: (probe: Probe) => Promise<Finding>;
}

export const found = (value: Value, evidence?: string): Finding => ({ value, ...(evidence ? { evidence } : {}) });
export const cannotTell = (reason: string): Finding => ({ cannotTell: reason });

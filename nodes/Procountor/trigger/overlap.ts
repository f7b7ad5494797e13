/**
 * The polls that run in this process. n8n lets polls overlap, and two with the same memory would emit the same items.
 */
const inFlight = new Set<string>();

/** Begins a trigger's poll; returns false while another poll of the same trigger is running. */
export function beginPoll(trigger: string): boolean {
	if (inFlight.has(trigger)) return false;
	inFlight.add(trigger);
	return true;
}

/** Ends a poll, also a failed one. */
export function endPoll(trigger: string): void {
	inFlight.delete(trigger);
}

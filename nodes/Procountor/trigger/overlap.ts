/** Polls under way in this process: n8n lets ticks overlap, and two from one memory would give the same items. */
const inFlight = new Set<string>();

/** Begins a trigger's poll; false while another poll of the same trigger is running. */
export function enter(trigger: string): boolean {
	if (inFlight.has(trigger)) return false;
	inFlight.add(trigger);
	return true;
}

/** Ends the poll, whatever its result. */
export function leave(trigger: string): void {
	inFlight.delete(trigger);
}

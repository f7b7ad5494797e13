import { isDraft, page } from './scan';
import type { Found, Settings, Step } from './step';

/** Records looked through for one that is no draft. */
const LOOKED_THROUGH = 20;

/** The newest record that the trigger would react to; undefined when there is none. */
export function* newest(settings: Settings): Step<Found | undefined> {
	const narrowed = settings.whole ?? settings.lasting;
	for (const part of settings.parts) {
		const { rows } = yield* page(settings, narrowed, part, 'DESC', 0, LOOKED_THROUGH);
		const first = rows.find((row) => !isDraft(row));
		if (first) return { record: first.record };
	}
	return undefined;
}

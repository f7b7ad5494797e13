import type { Probe } from '../probe';
import { partners, search } from './lists';
import { cannotTell, type Fact, type Finding, found } from './types';

async function personsAmongPartners(probe: Probe): Promise<Finding> {
	if ((await search(probe, '/businesspartners', { type: 'PERSON', size: 1 })).rows.length > 0) return found(true);
	const persons = await search(probe, '/persons', { size: 1 });
	return persons.rows.length > 0 ? found(false) : cannotTell('the company has no person, or the user may not see any');
}

/** A Finnish business ID with its hyphen. */
const BUSINESS_ID = /^\d{7}-\d$/;

async function partnerIdentifierSearch(probe: Probe): Promise<Finding> {
	const partner = (await partners(probe)).find(({ identifier = '' }) => BUSINESS_ID.test(identifier));
	if (partner?.identifier === undefined) return cannotTell('no partner on the first pages has a Finnish business ID');
	const finds = async (identifier: string) =>
		(await search(probe, '/businesspartners', { size: 50 }, { identifier })).rows.some(({ id }) => id === partner.id);
	if (!(await finds(partner.identifier))) return cannotTell('the search by the ID as it is written finds nothing');
	return found((await finds(partner.identifier.replace('-', ''))) ? 'eitherForm' : 'asWritten');
}

export const partnerFacts: Fact[] = [
	{
		name: 'personsAmongPartners',
		need: 'read',
		question: 'Are persons among the business partners?',
		ask: personsAmongPartners,
	},
	{
		name: 'partnerIdentifierSearch',
		need: 'read',
		question: 'Does a search find a business ID in either form?',
		ask: partnerIdentifierSearch,
	},
];

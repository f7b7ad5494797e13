import { instantOf } from '../../clock';
import { integrationsOf } from '../../records/integrations';
import type { World } from '../world';
import { fillBanking } from './banking';
import { fillFiles } from './files';
import { fillPeople } from './people';

/** People, money and files of all companies, and what the first company offers to the others. */
export function fillMore(world: World): void {
	const companies = [...world.companies.values()];
	companies.forEach((company, index) => {
		fillPeople(company, index === 0 ? '' : ' II');
		fillBanking(company);
		fillFiles(company);
	});
	const [owner, ...others] = companies;
	const integrations = integrationsOf(owner);
	const initiator = { email: 'saara.meritie@example.fi', userFullName: 'Saara Meritie' };
	const companyIds = others.map(({ id }) => id);
	integrations.customers.set('kahvi-kassa', new Set([owner.id]));
	integrations.requests.push({
		id: 7001,
		integrationId: 'kahvi-kassa',
		expires: instantOf('2026-12-31T00:00:00'),
		initiator,
		companyIds,
	});
	integrations.requests.push({
		id: 7002,
		integrationId: 'kahvi-kassa',
		expires: instantOf('2026-09-01T00:00:00'),
		initiator,
		companyIds,
	});
}

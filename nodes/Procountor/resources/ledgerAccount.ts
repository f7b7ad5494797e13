import { list, resource } from '../engine/declare';

export const ledgerAccount = resource('ledgerAccount', 'Ledger Account', ['ledger account', 'ledger accounts'], {
	getAll: list('GET /coa', "Lists the accounts of the company's chart of accounts"),
});

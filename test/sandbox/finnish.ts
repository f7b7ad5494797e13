/** Check digits of Finnish business life (docs/procountor.md#check-digits). */

const digitsOf = (text: string) => [...text].map(Number);

/** Check digit of a business id's seven digits, or undefined where no such id exists. */
function businessIdCheck(base: string): number | undefined {
	const weights = [7, 9, 10, 5, 8, 4, 2];
	const remainder = digitsOf(base).reduce((sum, digit, index) => sum + digit * weights[index], 0) % 11;
	if (remainder === 1) return undefined;
	return remainder === 0 ? 0 : 11 - remainder;
}

/** The business id (`1234567-8`) of the first usable number from seven digits on. */
export function businessId(base: number): string {
	for (let number = base; ; number++) {
		const digits = String(number).padStart(7, '0');
		const check = businessIdCheck(digits);
		if (check !== undefined) return `${digits}-${check}`;
	}
}

export function isBusinessId(text: string): boolean {
	return /^\d{7}-\d$/.test(text) && businessIdCheck(text.slice(0, 7)) === Number(text[8]);
}

/** Remainder of a number text by 97, letters as 10–35: IBAN and RF references. */
function mod97(text: string): number {
	let rest = 0;
	for (const sign of text) {
		const value = parseInt(sign, 36);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest;
}

export function isIban(text: string): boolean {
	if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(text)) return false;
	if (text.startsWith('FI') && text.length !== 18) return false;
	return mod97(text.slice(4) + text.slice(0, 4)) === 1;
}

/** A Finnish IBAN from 14 digits of a domestic account number. */
export function finnishIban(account: string): string {
	return `FI${String(98 - mod97(`${account}FI00`)).padStart(2, '0')}${account}`;
}

/** A Finnish reference number: the base and its check digit. */
export function reference(base: string): string {
	const sum = digitsOf(base)
		.reverse()
		.reduce((total, digit, index) => total + digit * [7, 3, 1][index % 3], 0);
	return base + String((10 - (sum % 10)) % 10);
}

/** An RF reference (ISO 11649) of a base. */
export function rfReference(base: string): string {
	return `RF${String(98 - mod97(`${base}RF00`)).padStart(2, '0')}${base}`;
}

/** Whether a payment reference, Finnish or RF, has the right check digits. */
export function isReference(text: string): boolean {
	if (/^RF\d{2}[A-Z0-9]{1,21}$/.test(text)) return mod97(text.slice(4) + text.slice(0, 4)) === 1;
	return /^\d{4,20}$/.test(text) && reference(text.slice(0, -1)) === text;
}

/** E-invoice address: an OVT of 12–17 digits that begins 0037, or an IBAN. */
export function isEInvoiceAddress(text: string): boolean {
	return /^0037\d{8,13}$/.test(text) || isIban(text);
}

// Generated from the API's contract by `npm run contract`. Do not edit.

/** A date without a time: 2026-10-01. */
export type Day = string;

/** A date and a time in Procountor's own zone: 2026-10-01T15:20:00. */
export type DateTime = string;

/** A record as it is sent, with the fields that the call requires. Records that come back may leave out any field. */
export type Body<T, Required extends keyof T> = T & { [Name in Required]-?: NonNullable<T[Name]> };

export type AccessRight = 'ALL_RIGHTS' | 'NOT_ENABLED' | 'NO_ACCESS' | 'VIEWING_RIGHTS';

export type ApiIntegrationCustomerIntegrationVersionStatus =
	'APPROVED' | 'DELETED' | 'DEPRECATED' | 'INVALIDATED' | 'NEW' | 'PENDING_APPROVAL' | 'REJECTED';

export type AttachmentReferenceType =
	'BANKSTATEMENTEVENT' | 'COST_RECEIPT' | 'CUSTOMER_BUSINESS_PARTNER_REGISTER' | 'EMPLOYEE_INFO' | 'ENVIRONMENT' |
	'FINANCIAL_STATEMENT' | 'INVOICE' | 'INVOICEDRAFT_ITEM' | 'LEDGERRECEIPT' | 'NETS_COLLECTION' |
	'PERSON_BUSINESS_PARTNER_REGISTER' | 'PURCHASE_PRODUCT_REGISTER' | 'REFERENCE_PAYMENT' | 'SALES_PRODUCT_REGISTER' |
	'SUPPLIER_BUSINESS_PARTNER_REGISTER';

export type AttachmentTypeFilter =
	'SALES_INVOICE' | 'SALES_ORDER' | 'OFFER' | 'PURCHASE_INVOICE' | 'PURCHASE_ORDER' | 'TRAVEL_INVOICE' |
	'BILL_OF_CHARGES' | 'JOURNAL' | 'SALARY' | 'PERIODIC_TAX_RETURN' | 'REFERENCE_PAYMENT' |
	'BANK_STATEMENT_AS_RECEIPT' | 'VAT_SUMMARY' | 'BANK_STATEMENT_EVENT' | 'SALES_PRODUCT_REGISTER' |
	'PURCHASE_PRODUCT_REGISTER' | 'CUSTOMER_BUSINESS_PARTNER_REGISTER' | 'SUPPLIER_BUSINESS_PARTNER_REGISTER' |
	'PERSON_BUSINESS_PARTNER_REGISTER' | 'EMPLOYEE_INFO' | 'ENVIRONMENT' | 'NETS_COLLECTION' | 'COST_RECEIPT' |
	'REFERENCE_PAYMENT_EVENT';

export type BankTransferMethod =
	'DENMARK_DOMESTIC_PAYMENT' | 'DENMARK_DOMESTIC_PAYMENT_CREDITOR' | 'DENMARK_FOREIGN_PAYMENT' |
	'FINNISH_BANK_TRANSFER' | 'FINNISH_EXPRESS_PAYMENT' | 'FINNISH_FOREIGN_PAYMENT' | 'NORWEGIAN_DOMESTIC_PAYMENT' |
	'NORWEGIAN_FOREIGN_PAYMENT' | 'SWEDISH_DOMESTIC_PAYMENT' | 'SWEDISH_DOMESTIC_PAYMENT_BANKGIRO' |
	'SWEDISH_DOMESTIC_PAYMENT_PLUSGIRO' | 'SWEDISH_FOREIGN_PAYMENT';

export type BaseSalaryType =
	'COMPENSATION' | 'HOURLY' | 'ONE_DAY' | 'ONE_MONTH' | 'ONE_MONTH_TOTAL' | 'ONE_WEEK' | 'PAYMENT_BY_JOB' |
	'TWO_WEEKS';

export type BusinessIdentifierBrnType = 'ASSN' | 'DK' | 'FI' | 'HETU' | 'NO' | 'PN' | 'SE' | 'SSN' | 'YHD';

export type CarAgeGroup = 'A' | 'ABROAD' | 'B' | 'C';

export type CompanyCurrencyCode = 'DKK' | 'EUR' | 'NOK' | 'SEK';

export type CompanyOperationType =
	'BROKEN' | 'CEASED' | 'CLOSED' | 'DEMONSTRATION' | 'EDUCATIONAL' | 'ELISA_PURCHASE' | 'PRODUCTION' | 'SPECIAL' |
	'TRIAL';

export type CompanyProductVersion =
	'BACKOFFICE' | 'BACKOFFICE_BASIC' | 'BACKOFFICE_PLUS' | 'BACKOFFICE_PREMIUM' | 'FINAGO_SOLO' | 'FINANCIALS_ALKU' |
	'FINANCIALS_BASIC' | 'FINANCIALS_ENTERPRISE' | 'FINANCIALS_GOLD' | 'FINANCIALS_LIGHT' | 'FINANCIALS_MAX' |
	'FINANCIALS_PLATINUM' | 'FINANCIALS_PLUS' | 'FINANCIALS_PREMIUM' | 'FINANCIALS_SILVER' | 'FINANCIALS_TIER_ONE' |
	'FINANCIALS_TIER_THREE' | 'FINANCIALS_TIER_TWO' | 'FINANCIALS_UNLIMITED' | 'FLEX' | 'SALES_GOLD' |
	'SALES_PLATINUM' | 'SALES_SILVER' | 'SME_BETTER';

export type Depreciation =
	'EMPTY' | 'REDUCING_BALANCE_25_PERCENT' | 'REDUCING_BALANCE_4_PERCENT' | 'REDUCING_BALANCE_7_PERCENT' |
	'STRAIGHT_LINE_DEPRECIATION_3_YEARS' | 'STRAIGHT_LINE_DEPRECIATION_5_YEARS';

export type DirectSalaryPaymentGroupStatus =
	'PAID' | 'PAYMENT_QUEUED' | 'PAYMENT_SENT_TO_BANK' | 'PAYMENT_TRANSACTION_CANCELLED' |
	'PAYMENT_TRANSACTION_REMOVED';

export type EarnerType =
	'EMPLOYED_WITH_ASSISTANCE_FROM_THE_STATE_EMPLOYMENT_FUND' | 'JOINT_OWNER_WITH_PAYER' | 'PARTIAL_OWNER' |
	'KEY_EMPLOYEE' | 'ORGANISATION' | 'PERSON_WORKING_IN_A_FRONTIER_DISTRICT' | 'PERSON_WORKING_ABROAD' | 'ATHLETE' |
	'PERFORMING_ARTIST' | 'SELF_EMPLOYED_PERSON_NO_OBLIGATION_TO_TAKE_OUT_YEL_OR_MYEL_INSURANCE' |
	'INVOICING_SERVICE_CLIENT';

export type EmployeeSalaryChannel = 'NO_SENDING' | 'MAIL' | 'EMAIL' | 'MOBILE' | 'ESALARY';

export type EmploymentTerminationReason =
	'NOT_APPLICABLE' | 'EMPLOYEES_RESIGNATION' | 'OTHER' | 'TERMINATION_GROUNDS' | 'FINANCIAL_AND_PRODUCTION_GROUNDS' |
	'JOINT_AGREEMENT' | 'RETIREMENT' | 'FIXED_TERM_EMPLOYMENT_TERMINATION';

export type EmploymentType =
	'PERMANENT' | 'FIXED_TERM' | 'TEMPORARY' | 'PART_TIME' | 'TRAINEE' | 'PENSIONER' | 'NOT_EMPLOYED';

export type ExchangeRateType =
	'PROCOUNTOR_ACCOUNTING_EXCHANGE_RATE' | 'ACCOUNT_CURRENCY_AVERAGE_RATE' | 'ACCOUNT_CURRENCY_BUYING_RATE' |
	'ACCOUNT_CURRENCY_SELLING_RATE' | 'CASH_BUYING_RATE' | 'CASH_CURRENCY_SALE_EXCHANGE_RATE';

export type HolidayBonusCalculationBasis =
	'AVERAGE_DAILY' | 'AVERAGE_HOURLY' | 'MONTHLY_PLUS_SHIFT_COMPENSATIONS' | 'MONTHLY_WITH_STANDARD_DIVIDER' |
	'MONTHLY_WITH_WORKDAY_DIVIDER' | 'PERCENTAGE_BASED' | 'PERCENTAGE_FOR_CONSTRUCTION_14_PLUS_4_5' |
	'PERCENTAGE_FOR_CONSTRUCTION_18_5_OR_14_PLUS_4_5' | 'RIGHT_FOR_TIME_OFF';

export type InvoiceChannel = 'EDIFACT' | 'ELECTRONIC_INVOICE' | 'EMAIL' | 'MAIL' | 'NO_SENDING' | 'PAPER_INVOICE';

export type InvoiceDeliveryMethod =
	'MAILING' | 'ONLINE' | 'COURIER' | 'VRCARGO' | 'BUS' | 'FREIGHT' | 'RETRIEVABLE' | 'OTHER';

export type InvoiceStatus =
	'APPROVED' | 'DELETED' | 'EMPTY' | 'INVALIDATED' | 'INVOICED' | 'MARKED_PAID' | 'NOT_SENT' | 'OVERRIDDEN' |
	'PAID' | 'PARTLY_PAID' | 'PAYMENT_DENIED' | 'PAYMENT_QUEUED' | 'PAYMENT_SENT_TO_BANK' |
	'PAYMENT_TRANSACTION_REMOVED' | 'RECEIVED' | 'SENT' | 'STARTED' | 'UNFINISHED' | 'UNSAVED' | 'VERIFIED';

export type InvoiceType =
	'SALES_INVOICE' | 'SALES_ORDER' | 'PURCHASE_INVOICE' | 'PURCHASE_ORDER' | 'TRAVEL_INVOICE' | 'BILL_OF_CHARGES' |
	'PERIODIC_TAX_RETURN';

export type Language = 'DANISH' | 'ENGLISH' | 'ESTONIAN' | 'FINNISH' | 'NORWEGIAN' | 'SWEDISH';

export type LedgerReceiptType =
	'JOURNAL' | 'PURCHASE_INVOICE' | 'SALES_INVOICE' | 'PERIODIC_TAX_RETURN' | 'TRAVEL_INVOICE' | 'BILL_OF_CHARGES' |
	'VAT_FORM' | 'SALARY' | 'EMPLOYER_CONTRIBUTION' | 'PURCHASE_ORDER' | 'SALES_ORDER' | 'BANK_STATEMENT_AS_RECEIPT' |
	'RECEIPT_FOR_OPENING_ACCOUNTS' | 'REFERENCE_PAYMENT' | 'TRACKING_PERIOD_OPENING_RECEIPT' | 'VAT_SUMMARY';

export type LedgerReceiptTypeFilter =
	'JOURNAL' | 'PURCHASE_INVOICE' | 'SALES_INVOICE' | 'PERIODIC_TAX_RETURN' | 'TRAVEL_INVOICE' | 'BILL_OF_CHARGES' |
	'VAT_FORM' | 'SALARY' | 'EMPLOYER_CONTRIBUTION' | 'PURCHASE_ORDER' | 'SALES_ORDER' | 'BANK_STATEMENT_AS_RECEIPT' |
	'RECEIPT_FOR_OPENING_ACCOUNTS' | 'REFERENCE_PAYMENT' | 'TRACKING_PERIOD_OPENING_RECEIPT';

export type MarkAsPaidMethod =
	'ADJUSTMENT' | 'BANK_STATEMENT' | 'CASH' | 'CHARGE_CARD' | 'CORRECTION' | 'CREDIT_LOSS' | 'CREDIT_NOTE' |
	'EXTERNAL_BANK_TRANSFER' | 'SET_OFF';

export type NoObligationExceptionType =
	'NO_OBLIGATION_TO_PROVIDE_INSURANCE_EARNINGS_RELATED_PENSION_INSURANCE' |
	'NO_OBLIGATION_TO_PROVIDE_INSURANCE_HEALTH_INSURANCE' |
	'NO_OBLIGATION_TO_PROVIDE_INSURANCE_UNEMPLOYMENT_INSURANCE' |
	'NO_OBLIGATION_TO_PROVIDE_INSURANCE_ACCIDENT_AND_OCCUPATIONAL_DISEASE_INSURANCE';

export type NotSubjectExceptionType =
	'NOT_SUBJECT_TO_FINNISH_SOCIAL_SEC_EARNINGS_RELATED_PENSION_INSURANCE' |
	'NOT_SUBJECT_TO_FINNISH_SOCIAL_SEC_HEALTH_INSURANCE' | 'NOT_SUBJECT_TO_FINNISH_SOCIAL_SEC_UNEMPLOYMENT_INSURANCE' |
	'NOT_SUBJECT_TO_FINNISH_SOCIAL_SEC_ACCIDENT_AND_OCCUPATIONAL_DISEASE_INSURANCE';

export type ParentCompanyIdType =
	'' | 'HETU' | 'YHD' | 'PN' | 'NO' | 'AT' | 'BE' | 'BG' | 'CY' | 'HR' | 'CZ' | 'DK' | 'EE' | 'FI' | 'FR' | 'DE' |
	'GB' | 'EL' | 'HU' | 'IE' | 'IT' | 'LV' | 'LT' | 'LU' | 'MT' | 'NL' | 'PL' | 'PT' | 'RO' | 'SK' | 'SI' | 'ES' |
	'SE';

export type PayerType =
	'PUBLIC_SECTOR' | 'HOUSEHOLD' | 'FOREIGN_GROUP_COMPANY' | 'STATE' | 'UNINCORPORATED_STATE_ENTERPRISE' |
	'TEMPORARY_EMPLOYER' | 'POOL_OF_HOUSEHOLDS';

export type PaymentErrorMessageType =
	'ANY_ERROR' | 'PAYMENT_ERROR' | 'FINVOICE_SEND_ERROR' | 'FINVOICE_RECEIVE_ERROR' | 'TYEL_ERROR' |
	'NETS_COLLECTION_ERROR';

export type PaymentErrorReferenceType =
	'DIRECT_BANK_TRANSFER' | 'DIRECT_SALARY_PAYMENT' | 'DIRECT_SALARY_PAYMENT_LIST' | 'INVOICE' | 'NETS_COLLECTION' |
	'PAYMENTS_ANNOUNCEMENT';

export type PaymentEventType =
	'ADJUSTMENT' | 'BANKSTATEMENT' | 'BANKSTATEMENT_TO_INVOICE' | 'BANKSTATEMENT_TO_JOURNAL' |
	'BANKTRANSFERELSEWHERE' | 'CASH' | 'CASHDISCOUNT' | 'CHARGECARD' | 'COMPENSATIONINVOICE' | 'CORRECTION' |
	'CREDITLOSS' | 'ELSEWHERE' | 'INVOICE_TO_INVOICE' | 'INVOICE_TO_JOURNAL' | 'JOURNAL_TO_INVOICE' |
	'JOURNAL_TO_JOURNAL' | 'NETS_DK_INVOICE' | 'OTHERPAYMENTMETHOD' | 'REFERENCEPAYMENT' |
	'REFERENCEPAYMENT_TO_INVOICE' | 'REFERENCEPAYMENT_TO_JOURNAL' | 'SETOFF' | 'TRANSACTION_FOCUSED';

export type PaymentMethod =
	'BANK_TRANSFER' | 'DIRECT_PAYMENT' | 'CLEARING' | 'CREDIT_CARD_CHARGE' | 'FOREIGN_PAYMENT' | 'OTHER' | 'CASH' |
	'DOMESTIC_PAYMENT_PLUSGIRO' | 'DOMESTIC_PAYMENT_BANKGIRO' | 'DOMESTIC_PAYMENT_CREDITOR' | 'DKLMPKRE' | 'NETS';

export type PersonIdentifierType =
	'FI' | 'HETU' | 'YHD' | 'NO' | 'AT' | 'BE' | 'BG' | 'CY' | 'HR' | 'CZ' | 'DK' | 'EE' | 'FR' | 'DE' | 'GB' | 'EL' |
	'HU' | 'IE' | 'IT' | 'LV' | 'LT' | 'LU' | 'MT' | 'NL' | 'PL' | 'PT' | 'RO' | 'SK' | 'SI' | 'ES' | 'SE' | 'XI';

export type ReceiptValidity = 'EMPTY' | 'IMMEDIATELY' | 'OVER_3_YEARS' | 'SERVICE_PERIOD';

export type ReferenceCodeType =
	'RF' | 'FI' | 'OCR' | 'KID' | 'GIK01' | 'GIK04' | 'GIK15' | 'FIK71' | 'FIK73' | 'FIK75';

export type RegisterPaymentMethod =
	'BANK_TRANSFER' | 'CASH' | 'CLEARING' | 'CREDIT_CARD_CHARGE' | 'DIRECT_DEBIT' | 'DIRECT_PAYMENT' | 'DKLMPKRE' |
	'DOMESTIC_PAYMENT_BANKGIRO' | 'DOMESTIC_PAYMENT_CREDITOR' | 'DOMESTIC_PAYMENT_PLUSGIRO' | 'FOREIGN_PAYMENT' |
	'NETS' | 'OTHER';

export type ReportReceiptStatus =
	'APPROVED' | 'SENT' | 'NOT_SENT' | 'PAYMENT_SENT_TO_BANK' | 'PAID' | 'PARTLY_PAID' | 'MARKED_PAID' |
	'PAYMENT_QUEUED' | 'PAYMENT_DENIED' | 'UNFINISHED' | 'VERIFIED' | 'RECEIVED';

export type ReportReceiptType =
	'SALES_INVOICE' | 'PURCHASE_INVOICE' | 'TRAVEL_INVOICE' | 'BILL_OF_CHARGES' | 'JOURNAL' | 'SALARY' | 'VAT_FORM' |
	'EMPLOYER_CONTRIBUTION' | 'PERIODIC_TAX_RETURN' | 'VAT_SUMMARY' | 'SALES_ORDER' | 'PURCHASE_ORDER' |
	'REFERENCE_PAYMENT' | 'BANK_STATEMENT_AS_RECEIPT' | 'RECEIPT_FOR_OPENING_ACCOUNTS';

export type ReportTransactionType =
	'ACCRUAL' | 'BANK_STATEMENT_AS_RECEIPT' | 'BILL_OF_CHARGES' | 'EMPLOYER_CONTRIBUTION' | 'JOURNAL' |
	'JOURNAL_BYPASSING_INVOICE_PAGE' | 'JOURNAL_MOVING_STRAIGHT_TO_ACCOUNTING_PAGE' | 'OFFER' | 'PAYMENT_CORRECTION' |
	'PERIODIC_TAX_RETURN' | 'PURCHASE_INVOICE' | 'PURCHASE_ORDER' | 'RECEIPT_FOR_OPENING_ACCOUNTS' |
	'REFERENCE_PAYMENT' | 'SALARY' | 'SALES_INVOICE' | 'SALES_ORDER' | 'TRACKING_PERIOD_OPENING_RECEIPT' |
	'TRAVEL_INVOICE' | 'TRAVEL_PLAN' | 'UNKNOWN_RECEIPT_TYPE_F' | 'UNKNOWN_RECEIPT_TYPE_G' | 'VAT_FORM' | 'VAT_SUMMARY';

export type SalaryChannelFilter = 'NO_SENDING' | 'MAIL' | 'EMAIL' | 'PAPER' | 'MOBILE' | 'ESALARY';

export type SalarySlipStatus =
	'APPROVED' | 'CREATED' | 'INVALIDATED' | 'IN_CORRECTION' | 'PAID' | 'PAYMENT_QUEUED' | 'REPORTED' |
	'REPORTED_AND_PAID' | 'REPORTED_AND_PAYMENT_QUEUED';

export type SalarySlipStatusFilter =
	'UNFINISHED' | 'APPROVED' | 'CORRECTION' | 'INVALIDATED' | 'PAYMENT_QUEUED' | 'PAYMENT_SENT_TO_BANK' | 'PAID' |
	'PARTLY_PAID' | 'MARKED_PAID' | 'EARNINGS_REPORTED';

export type SalaryTypeCategory =
	'SALARY_FOR_TIME_WORKED' | 'OTHER_TAXABLE_EARNINGS' | 'FRINGE_BENEFITS' | 'TAX_FREE_ITEMS' | 'TAX' |
	'DEDUCTIONS_FROM_NET_PAY' | 'INFORMATIVE_ITEMS';

export type SerialNumberSeries = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H';

export type TaxCardType =
	'A' | 'ADDITIONAL_INCOME' | 'FREELANCE' | 'GRADED_INCOME' | 'ONE_INCOME_LIMIT' | 'TAX_AT_SOURCE';

export type WebhookEvent =
	'DIRECTBANKDATATRANSFER_PAYMENT_CREATED' | 'DIRECT_SALARY_PAYMENTS_CANCELED' | 'DIRECT_SALARY_PAYMENTS_CREATED' |
	'INVOICE_PAYMENTEVENTS_DELETED' | 'INVOICE_PAYMENT_CREATED' | 'PAYMENT_DELETED' | 'PAYMENT_UPDATED' |
	'TRACKING_PERIOD_STATUS_UPDATED' | 'USER_UPDATED';

export type WebhookEventFilter =
	'INVOICE_PAYMENT_CREATED' | 'DIRECTBANKDATATRANSFER_PAYMENT_CREATED' | 'INVOICE_PAYMENTEVENTS_DELETED' |
	'PAYMENT_UPDATED' | 'PAYMENT_DELETED' | 'USER_UPDATED' | 'DIRECT_SALARY_PAYMENTS_CREATED' |
	'DIRECT_SALARY_PAYMENTS_CANCELED';

export type AccidentInsurance = {
	id?: number;
	accidentInsurancePolicyId?: number;
	percent?: number;
	occupationalTitleId?: string;
	kevaOccupationalTitleId?: string;
	version?: DateTime;
};

export type AccidentInsurancePolicy = {
	id?: number;
	providerName?: string;
	providerCode?: string;
	number?: string;
	active?: boolean;
	label?: string;
	version?: DateTime;
};

export type AccountingReportData = {
	periods?: AccountingReportPeriod[];
};

export type AccountingReportPeriod = {
	startDate?: Day;
	endDate?: Day;
	rows?: AccountingReportRow[];
};

export type AccountingReportRequest = {
	startDate?: Day;
	endDate?: Day;
	receiptStatus?: ReportReceiptStatus[];
	type?: 'INCOME_STATEMENT' | 'CASH_FLOW' | 'BALANCE_SHEET';
	options?: AccountingReportRequestOptions;
};

export type AccountingReportRequestOptions = {
	receiptType?: ReportReceiptType[];
	receiptCurrency?: CurrencyCode;
	receiptName?: string;
	entryPeriodStart?: Day;
	entryPeriodEnd?: Day;
	transactionValue?: string;
	transactionCurrency?: CurrencyCode;
	reportLanguage?: string;
	customerCompanyId?: string;
};

export type AccountingReportResponse = {
	reportParameters?: AccountingReportRequest;
	reportData?: AccountingReportData;
};

export type AccountingReportRow = {
	rowId?: number;
	type?: 'BALANCE' | 'ROW_FUNCTION';
	name?: string;
	value?: number;
	formula?: string;
};

export type AccountingReportTransaction = {
	id?: number;
	name?: string;
	receiptNumber?: number;
	receiptDate?: Day;
	invoiceDate?: Day;
	type?: ReportTransactionType;
	accountingValue?: number;
	status?: InvoiceStatus;
	vatPercent?: number;
	vatAmount?: number;
	vatDeductionPercent?: number;
	vatDeduction?: number;
	vatStatus?: number;
	transactionDescription?: string;
	startDate?: Day;
	endDate?: Day;
};

export type AccountingRights = {
	journalReceipts?: AccessRight;
	journalReceiptSearch?: AccessRight;
	personalJournalReceiptsOnly?: boolean;
	closingOfAccountTools?: AccessRight;
	preventCreatingEditingInvoices?: boolean;
	preventEditingAccountingPage?: boolean;
	accountingReports?: AccessRight;
	archive?: AccessRight;
};

export type AllocationMetadata = {
	allocationMetadataRows?: AllocationMetadataRow[];
};

export type AllocationMetadataRow = {
	id?: number;
	vatPercentage?: number;
	sum?: number;
	comment?: string;
	vatStatus?: number;
	ledgerAccountCode?: string;
};

export type AllocationMetadataWithFullLedgerAccountDataRow = {
	id?: number;
	vatPercentage?: number;
	sum?: number;
	vatStatus?: number;
	comment?: string;
	ledgerAccount?: LedgerAccount;
};

export type ApiIntegrationApproveRequest = {
	approve?: number[];
	reject?: ApiIntegrationRejected[];
};

export type ApiIntegrationApproveResult = {
	integrationId?: string;
	companiesIntegrated?: ApiIntegrationApprovedDTO[];
};

export type ApiIntegrationApprovedDTO = {
	companyId?: number;
	apiKey?: string;
};

export type ApiIntegrationCompany = {
	companyId?: number;
	extraInfo?: ApiIntegrationCompanyExtraInfo;
};

export type ApiIntegrationCompanyExtraInfo = {
	companyName?: string;
	country?: Country;
	accountingOfficeName?: string;
	businessIdentifier?: BusinessIdentifier;
};

export type ApiIntegrationCustomer = {
	companyId?: number;
	integrationVersionStatus?: ApiIntegrationCustomerIntegrationVersionStatus;
};

export type ApiIntegrationInitiator = {
	email?: string;
	userFullName?: string;
};

export type ApiIntegrationRejected = {
	companyId?: number;
	reason?: string;
};

export type ApiIntegrationRequestData = {
	integrationId?: string;
	expires?: string;
	initiator?: ApiIntegrationInitiator;
	companiesToIntegrate?: ApiIntegrationCompany[];
};

export type Attachment = {
	id?: number;
	name?: string;
	referenceType?: AttachmentReferenceType;
	referenceId?: number;
	mimeType?: string;
	sendWithInvoice?: boolean;
};

export type AttachmentRename = {
	name?: string;
};

export type AttachmentSearchResult = {
	results?: Document[];
	meta?: SearchResultMetaData;
};

export type AverageDailyActualWorkdays = {
	actualWorkdaysInFirstYear?: number;
	actualWorkdaysInSecondYear?: number;
};

export type BankAccount = {
	accountNumber?: string;
	bic?: string;
};

export type BankAccountAlias = {
	type?: 'BANKGIRO' | 'KREDITOR' | 'PLUSGIRO';
	accountNumber?: string;
};

export type BankStatement = {
	id?: number;
	accountNumber?: string;
	startDate?: Day;
	endDate?: Day;
	currency?: CurrencyCode;
	numberOfDeposits?: number;
	depositSum?: number;
	numberOfWithdrawals?: number;
	withdrawalSum?: number;
	startBalance?: number;
	endBalance?: number;
	statementNumber?: number;
	events?: BankStatementEvent[];
};

export type BankStatementEvent = {
	id?: number;
	payDate?: Day;
	valueDate?: Day;
	sum?: number;
	accountNumber?: string;
	name?: string;
	explanationCode?: number;
	archiveCode?: string;
	message?: string;
	reference?: string;
	allocated?: boolean;
	invoiceId?: number;
	productId?: number;
	endToEndId?: number;
	attachments?: Attachment[];
	allocationMetadataRows?: AllocationMetadataWithFullLedgerAccountDataRow[];
};

export type BankStatementsSearchResult = {
	results?: BankStatement[];
	meta?: SearchResultMetaData;
};

export type BasicFactoringContract = {
	id?: number;
	financingCompanyName?: string;
	financingCompanyBankAccount?: string;
	contractNumber?: string;
	transferNotification?: TransferNotification[];
	status?: 'ACTIVE' | 'INACTIVE';
};

export type BasicInvoicingInfo = {
	customerNumber?: string;
	identifier?: string;
	identifierType?: string;
};

export type BasicPaymentTransactionData = {
	id?: number;
	invoiceId?: number;
	paymentDate?: Day;
	amount?: number;
	receiverName?: string;
	status?: InvoiceStatus;
	serviceCharge?: 'BOTH_PAY_OWN_FEES' | 'PAYER_PAY_BOTH_FEES';
	paidAmount?: number;
	paidCurrency?: CurrencyCode;
};

export type BasicRegistryInfo = {
	active?: boolean;
};

export type BusinessIdentifier = {
	brnType?: BusinessIdentifierBrnType;
	code?: string;
};

export type BusinessPartner = {
	id?: number;
	name?: string;
	type?: 'CUSTOMER' | 'SUPPLIER' | 'PERSON';
	address?: BusinessPartnerAddress;
	billingAddress?: BusinessPartnerBillingAddress;
	deliveryAddress?: BusinessPartnerDeliveryAddress;
	invoicingInfo?: InvoicingInfo;
	attachments?: Attachment[];
	contactPersons?: BusinessPartnerContactPerson[];
	additionalInfo?: BusinessPartnerAdditionalInfo;
	paymentInfo?: BusinessPartnerPaymentInfo;
	registryInfo?: RegistryInfo;
	version?: DateTime;
};

export type BusinessPartnerAccount = {
	code?: string;
	name?: string;
};

export type BusinessPartnerAccountsInfo = {
	debitAccount?: BusinessPartnerAccount;
	creditAccount?: BusinessPartnerAccount;
	reconciliationAccount?: BusinessPartnerAccount;
};

export type BusinessPartnerAdditionalInfo = {
	defaultAdditionalInformation?: string;
	defaultReference?: string;
	group?: string;
	parentCompanyIdType?: ParentCompanyIdType;
	parentCompanyId?: string;
	auxiliaryCompanyName?: string;
	formerCompanyName?: string;
	sector?: string;
	webAddress?: string;
	comments1?: string;
	comments2?: string;
	invoicePeriod?: string;
	withholdingRegisterMarking?: string;
	invoiceLedger?: 'CLEARING' | 'INVOICE_LEDGER';
};

export type BusinessPartnerAddress = {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
	subdivision?: string;
};

export type BusinessPartnerBasicInfo = {
	id?: number;
	name?: string;
	billingAddress?: BusinessPartnerBillingAddress;
	invoicingInfo?: BasicInvoicingInfo;
	registryInfo?: BasicRegistryInfo;
	type?: 'CUSTOMER' | 'SUPPLIER' | 'PERSON';
	version?: DateTime;
};

export type BusinessPartnerBillingAddress = {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
	subdivision?: string;
};

export type BusinessPartnerContactPerson = {
	id?: number;
	name?: string;
	email?: string;
	phone?: string;
};

export type BusinessPartnerDefaultAccounts = {
	vatPercent?: number;
	vatDeduction?: number;
	vatStatus?: number;
	vatProcessing?: string;
	combineInvoiceRows?: boolean;
	salesInvoiceAccounts?: BusinessPartnerAccountsInfo;
	purchaseInvoiceAccounts?: BusinessPartnerAccountsInfo;
	travelInvoiceAccounts?: BusinessPartnerAccountsInfo;
	expenseClaimAccounts?: BusinessPartnerAccountsInfo;
	journalAccounts?: BusinessPartnerAccountsInfo;
};

export type BusinessPartnerDeliveryAddress = {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
	subdivision?: string;
};

export type BusinessPartnerGroup = {
	id?: number;
	name?: string;
	type?: 'CUSTOMER' | 'SUPPLIER' | 'PERSON';
	active?: boolean;
};

export type BusinessPartnerGroupSearchResult = {
	results?: BusinessPartnerGroup[];
	meta?: SearchResultMetaData;
};

export type BusinessPartnerPaymentDetails = {
	paymentMethod?: RegisterPaymentMethod;
	currency?: CurrencyCode;
	bankAccount?: BankAccount;
	paymentTermDays?: string;
	paymentTermPercentage?: number;
	penalInterestRate?: number;
	discountPercentage?: number;
	clearingCode?: string;
};

export type BusinessPartnerPaymentInfo = {
	factoringContractId?: number;
	paymentMethod?: RegisterPaymentMethod;
	bankAccount?: string;
	paymentTermDays?: string;
	paymentTermPercentage?: number;
	penalInterestRate?: number;
	discountPercentage?: number;
	cashDiscount?: CashDiscount;
	currency?: CurrencyCode;
	deliveryMethod?: string;
	clearingCode?: string;
	bic?: string;
	customerAccountNumber?: string;
};

export type BusinessPartnerSearchResult = {
	results?: BusinessPartnerBasicInfo[];
	meta?: SearchResultMetaData;
};

export type CarBenefitRowDetails = {
	id?: number;
	carAgeGroup?: CarAgeGroup;
	benefitLimited?: boolean;
	emissionValue?: number;
};

export type CashDiscount = {
	optionList?: CashDiscountOption[];
	cashDiscountsTermType?: 'FROM_END_OF_MONTH' | 'FROM_INV_DATE';
};

export type CashDiscountOption = {
	numberOfDays?: number;
	discountPercentage?: number;
};

export type CheckingEvent = {
	comment?: string;
};

export type CirculationSettings = {
	useForPurchaseInvoices?: boolean;
	useForTravelAndExpenseInvoices?: boolean;
	reminderInterval?: 'EVERY_SECOND_DAY' | 'EVERY_THIRD_DAY' | 'ONCE_A_DAY' | 'ONCE_A_WEEK' | 'ONLY_ONCE';
	forceNotifications?: boolean;
	useDeterminedOrder?: boolean;
	allowPaymentOnlyWhenApproved?: boolean;
	allowInvoiceSpecificDiscussion?: boolean;
	allowExtendedTaggingInDiscussion?: boolean;
	allocatePurchaseOrdersAndInvoicesInChecking?: boolean;
	maxVerifiers?: number;
	maxAcceptors?: number;
	verifiers?: Verifier[];
	acceptors?: Verifier[];
	allowPersonalSubstitution?: boolean;
	substitutions?: Substitution[];
};

export type CollectionsAndPenalExpenses = {
	useAutomaticHandling?: boolean;
	collectionCostsProduct?: ProductBasicInfo;
	penalExpenseProduct?: ProductBasicInfo;
	penalInterestDateMargin?: number;
	minimumPenalInterestSum?: number;
	defaultSalesInvoiceInterest?: number;
	defaultSalesInvoicePaymentTerms?: number;
	collectionPartner?: string;
};

export type Comment = {
	id?: number;
	author?: string;
	dateTime?: DateTime;
	comment?: string;
	taggedUsersInfo?: TaggedUsersInfo;
};

export type CommentWithTaggedUsers = {
	id?: number;
	author?: string;
	dateTime?: DateTime;
	comment?: string;
	taggedUsersInfo?: TaggedUsersInfo;
	taggedUsers?: TaggedUser[];
};

export type Comments = {
	comments?: Comment[];
};

export type Company = {
	id?: number;
	name?: string;
	country?: Country;
	productVersion?: CompanyProductVersion;
	operationType?: CompanyOperationType;
	accountingOfficeName?: string;
	accountingOfficeId?: number;
	companyAddress?: CompanyAddress;
	billingAddress?: CompanyBillingAddress;
	mva?: boolean;
	inTradeRegister?: boolean;
	businessIdentifier?: BusinessIdentifier;
	accountingCoaLanguages?: string[];
	companyCurrency?: CompanyCurrencyCode;
	currencyRateSearchDensity?: 'DAILY_EXCHANGE_RATE' | 'LAST_DAY_OF_THE_MONTH' | 'PROCOUNTOR_FIXED_RATE';
};

export type CompanyAddress = {
	specifier?: string;
	poBox?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
};

export type CompanyBankAccount = {
	id?: number;
	accountNumber?: string;
	iban?: string;
	bic?: string;
	bankName?: string;
	currency?: CurrencyCode;
	defaultForInvoice?: boolean;
	defaultForPayment?: boolean;
	status?: 'ACTIVE' | 'INACTIVE';
	orderNo?: number;
	associatedAccounts?: BankAccountAlias[];
	version?: DateTime;
	bankAddress?: string;
	ledgerAccount?: string;
	bankingCode?: string;
	serviceNumbers?: string[];
	showAccountOnInvoice?: boolean;
	allowPayments?: boolean;
	allowForeignPayments?: boolean;
	allowSalaryPayments?: boolean;
	allowExpressPayments?: boolean;
	withholdingTax?: boolean;
	created?: DateTime;
};

export type CompanyBankAccountBasicInfo = {
	id?: number;
	accountNumber?: string;
	iban?: string;
	bic?: string;
	bankName?: string;
	currency?: CurrencyCode;
	defaultForInvoice?: boolean;
	defaultForPayment?: boolean;
	status?: 'ACTIVE' | 'INACTIVE';
	orderNo?: number;
	associatedAccounts?: BankAccountAlias[];
	version?: DateTime;
};

export type CompanyBankAccountSearchResult = {
	results?: CompanyBankAccountBasicInfo[];
	meta?: SearchResultMetaData;
};

export type CompanyBillingAddress = {
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
};

export type CompanyCurrency = {
	companyCurrency?: CompanyCurrencyCode;
};

export type CompanySettings = {
	invoiceDiscussionEnabled?: boolean;
};

export type CompanyUsageSettings = {
	defaultInvoiceChannel?: InvoiceChannel;
	cashDiscount?: CompanyUsageSettingsCashDiscount;
	accountingByRow?: CompanyUsageSettingsAccountingByRow;
};

export type CompanyUsageSettingsAccountingByRow = {
	salesInvoicePosting?: boolean;
	purchaseInvoicePosting?: boolean;
	travelAndExpenseInvoicePosting?: boolean;
	salaryPosting?: boolean;
};

export type CompanyUsageSettingsCashDiscount = {
	cashDiscountForSales?: boolean;
	cashDiscountForPurchase?: boolean;
};

export type CounterParty = {
	contactPersonName?: string;
	identifier?: string;
	taxCode?: string;
	customerNumber?: string;
	email?: string;
	bccAddresses?: string[];
	counterPartyAddress?: InvoiceCounterpartyAddress;
	bankAccount?: BankAccount;
	einvoiceAddress?: EInvoiceAddress;
};

export type Country =
	'AFGHANISTAN' | 'ALAND_ISLANDS' | 'ALBANIA' | 'ALGERIA' | 'AMERICAN_SAMOA' | 'ANDORRA' | 'ANGOLA' | 'ANGUILLA' |
	'ANTARCTICA' | 'ANTIGUA_AND_BARBUDA' | 'ARGENTINA' | 'ARMENIA' | 'ARUBA' |
	'ASCENSION_AND_TRISTAN_DA_CUNHA_SAINT_HELENA' | 'AUSTRALIA' | 'AUSTRIA' | 'AZERBAIJAN' | 'BAHAMAS' | 'BAHRAIN' |
	'BANGLADESH' | 'BARBADOS' | 'BELARUS' | 'BELGIUM' | 'BELIZE' | 'BENIN' | 'BERMUDA' | 'BHUTAN' |
	'BOLIVARIAN_REPUBLIC_OF_VENEZUELA' | 'BOSNIA_AND_HERZEGOVINA' | 'BOTSWANA' | 'BOUVET_ISLAND' | 'BRAZIL' |
	'BRITISH_INDIAN_OCEAN_TERRITORY' | 'BRITISH_VIRGIN_ISLANDS' | 'BRUNEI_DARUSSALAM' | 'BULGARIA' | 'BURKINA_FASO' |
	'BURUNDI' | 'CABO_VERDE' | 'CAMBODIA' | 'CAMEROON' | 'CANADA' | 'CAYMAN_ISLANDS' | 'CENTRAL_AFRICAN_REPUBLIC' |
	'CHAD' | 'CHILE' | 'CHINA' | 'CHRISTMAS_ISLAND' | 'COCOS_KEELING_ISLANDS' | 'COLOMBIA' | 'COMOROS' | 'CONGO' |
	'COOK_ISLANDS' | 'COSTA_RICA' | 'COTE_D_IVOIRE' | 'CROATIA' | 'CUBA' | 'CURACAO' | 'CYPRUS' | 'CZECH_REPUBLIC' |
	'DEMOCRATIC_PEOPLE_S_REPUBLIC_OF_KOREA' | 'DENMARK' | 'DJIBOUTI' | 'DOMINICA' | 'DOMINICAN_REPUBLIC' | 'ECUADOR' |
	'EGYPT' | 'EL_SALVADOR' | 'EQUATORIAL_GUINEA' | 'ERITREA' | 'ESTONIA' | 'ETHIOPIA' | 'FALKLAND_ISLANDS_MALVINAS' |
	'FAROE_ISLANDS' | 'FEDERATED_STATES_OF_MICRONESIA' | 'FIJI' | 'FINLAND' | 'FRANCE' | 'FRENCH_GUIANA' |
	'FRENCH_POLYNESIA' | 'FRENCH_SOUTHERN_TERRITORIES' | 'GABON' | 'GAMBIA' | 'GEORGIA' | 'GERMANY' | 'GHANA' |
	'GIBRALTAR' | 'GREECE' | 'GREENLAND' | 'GRENADA' | 'GUADELOUPE' | 'GUAM' | 'GUATEMALA' | 'GUERNSEY' | 'GUINEA' |
	'GUINEA_BISSAU' | 'GUYANA' | 'HAITI' | 'HEARD_ISLAND_AND_MCDONALD_ISLANDS' | 'HOLY_SEE_VATICAN_CITY_STATE' |
	'HONDURAS' | 'HONG_KONG' | 'HUNGARY' | 'ICELAND' | 'INDIA' | 'INDONESIA' | 'IRAQ' | 'IRELAND' |
	'ISLAMIC_REPUBLIC_OF_IRAN' | 'ISLE_OF_MAN' | 'ISRAEL' | 'ITALY' | 'JAMAICA' | 'JAPAN' | 'JERSEY' | 'JORDAN' |
	'KAZAKHSTAN' | 'KENYA' | 'KIRIBATI' | 'KOSOVO_TEMPORARY' | 'KUWAIT' | 'KYRGYZSTAN' |
	'LAO_PEOPLE_S_DEMOCRATIC_REPUBLIC' | 'LATVIA' | 'LEBANON' | 'LESOTHO' | 'LIBERIA' | 'LIBYA' | 'LIECHTENSTEIN' |
	'LITHUANIA' | 'LUXEMBOURG' | 'MACAO' | 'MADAGASCAR' | 'MALAWI' | 'MALAYSIA' | 'MALDIVES' | 'MALI' | 'MALTA' |
	'MARSHALL_ISLANDS' | 'MARTINIQUE' | 'MAURITANIA' | 'MAURITIUS' | 'MAYOTTE' | 'MEXICO' | 'MONACO' | 'MONGOLIA' |
	'MONTENEGRO' | 'MONTSERRAT' | 'MOROCCO' | 'MOZAMBIQUE' | 'MYANMAR' | 'NAMIBIA' | 'NAURU' | 'NEPAL' |
	'NETHERLANDS' | 'NEW_CALEDONIA' | 'NEW_ZEALAND' | 'NICARAGUA' | 'NIGER' | 'NIGERIA' | 'NIUE' | 'NORFOLK_ISLAND' |
	'NORTHERN_IRELAND_TEMPORARY' | 'NORTHERN_MARIANA_ISLANDS' | 'NORWAY' | 'OMAN' | 'PAKISTAN' | 'PALAU' | 'PANAMA' |
	'PAPUA_NEW_GUINEA' | 'PARAGUAY' | 'PERU' | 'PHILIPPINES' | 'PITCAIRN' | 'PLURINATIONAL_STATE_OF_BOLIVIA' |
	'POLAND' | 'PORTUGAL' | 'PROVINCE_OF_CHINA_TAIWAN' | 'PUERTO_RICO' | 'QATAR' | 'REPUBLIC_OF_KOREA' |
	'REPUBLIC_OF_MOLDOVA' | 'REUNION' | 'ROMANIA' | 'RUSSIAN_FEDERATION' | 'RWANDA' | 'SAINT_BARTHELEMY' |
	'SAINT_KITTS_AND_NEVIS' | 'SAINT_LUCIA' | 'SAINT_MARTIN_FRENCH_PART' | 'SAINT_PIERRE_AND_MIQUELON' |
	'SAINT_VINCENT_AND_THE_GRENADINES' | 'SAMOA' | 'SAN_MARINO' | 'SAO_TOME_AND_PRINCIPE' | 'SAUDI_ARABIA' |
	'SENEGAL' | 'SERBIA' | 'SEYCHELLES' | 'SIERRA_LEONE' | 'SINGAPORE' | 'SINT_EUSTATIUS_AND_SABA_BONAIRE' |
	'SINT_MAARTEN_DUTCH_PART' | 'SLOVAKIA' | 'SLOVENIA' | 'SOLOMON_ISLANDS' | 'SOMALIA' | 'SOUTH_AFRICA' |
	'SOUTH_GEORGIA_AND_THE_SOUTH_SANDWICH_ISLANDS' | 'SOUTH_SUDAN' | 'SPAIN' | 'SRI_LANKA' | 'STATE_OF_PALESTINE' |
	'SUDAN' | 'SURINAME' | 'SVALBARD_AND_JAN_MAYEN' | 'SWAZILAND' | 'SWEDEN' | 'SWITZERLAND' | 'SYRIAN_ARAB_REPUBLIC' |
	'TAJIKISTAN' | 'THAILAND' | 'THE_DEMOCRATIC_REPUBLIC_OF_THE_CONGO' | 'THE_FORMER_YUGOSLAV_REPUBLIC_OF_MACEDONIA' |
	'TIMOR_LESTE' | 'TOGO' | 'TOKELAU' | 'TONGA' | 'TRINIDAD_AND_TOBAGO' | 'TUNISIA' | 'TURKEY' | 'TURKMENISTAN' |
	'TURKS_AND_CAICOS_ISLANDS' | 'TUVALU' | 'UGANDA' | 'UKRAINE' | 'UNITED_ARAB_EMIRATES' |
	'UNITED_KINGDOM_OF_GREAT_BRITAIN_AND_NORTHERN_IRELAND' | 'UNITED_REPUBLIC_OF_TANZANIA' |
	'UNITED_STATES_MINOR_OUTLYING_ISLANDS' | 'UNITED_STATES_OF_AMERICA' | 'URUGUAY' | 'UZBEKISTAN' |
	'U_S_VIRGIN_ISLANDS' | 'VANUATU' | 'VIET_NAM' | 'WALLIS_AND_FUTUNA' | 'WESTERN_SAHARA' | 'YEMEN' | 'ZAMBIA' |
	'ZIMBABWE';

export type CountryWithoutThreeTerritories =
	'AFGHANISTAN' | 'ALAND_ISLANDS' | 'ALBANIA' | 'ALGERIA' | 'AMERICAN_SAMOA' | 'ANDORRA' | 'ANGOLA' | 'ANGUILLA' |
	'ANTARCTICA' | 'ANTIGUA_AND_BARBUDA' | 'ARGENTINA' | 'ARMENIA' | 'ARUBA' |
	'ASCENSION_AND_TRISTAN_DA_CUNHA_SAINT_HELENA' | 'AUSTRALIA' | 'AUSTRIA' | 'AZERBAIJAN' | 'BAHAMAS' | 'BAHRAIN' |
	'BANGLADESH' | 'BARBADOS' | 'BELARUS' | 'BELGIUM' | 'BELIZE' | 'BENIN' | 'BERMUDA' | 'BHUTAN' |
	'BOLIVARIAN_REPUBLIC_OF_VENEZUELA' | 'BOSNIA_AND_HERZEGOVINA' | 'BOTSWANA' | 'BOUVET_ISLAND' | 'BRAZIL' |
	'BRITISH_VIRGIN_ISLANDS' | 'BRUNEI_DARUSSALAM' | 'BULGARIA' | 'BURKINA_FASO' | 'BURUNDI' | 'CABO_VERDE' |
	'CAMBODIA' | 'CAMEROON' | 'CANADA' | 'CAYMAN_ISLANDS' | 'CENTRAL_AFRICAN_REPUBLIC' | 'CHAD' | 'CHILE' | 'CHINA' |
	'CHRISTMAS_ISLAND' | 'COCOS_KEELING_ISLANDS' | 'COLOMBIA' | 'COMOROS' | 'CONGO' | 'COOK_ISLANDS' | 'COSTA_RICA' |
	'COTE_D_IVOIRE' | 'CROATIA' | 'CUBA' | 'CURACAO' | 'CYPRUS' | 'CZECH_REPUBLIC' |
	'DEMOCRATIC_PEOPLE_S_REPUBLIC_OF_KOREA' | 'DENMARK' | 'DJIBOUTI' | 'DOMINICA' | 'DOMINICAN_REPUBLIC' | 'ECUADOR' |
	'EGYPT' | 'EL_SALVADOR' | 'EQUATORIAL_GUINEA' | 'ERITREA' | 'ESTONIA' | 'ETHIOPIA' | 'FALKLAND_ISLANDS_MALVINAS' |
	'FAROE_ISLANDS' | 'FEDERATED_STATES_OF_MICRONESIA' | 'FIJI' | 'FINLAND' | 'FRANCE' | 'FRENCH_GUIANA' |
	'FRENCH_POLYNESIA' | 'FRENCH_SOUTHERN_TERRITORIES' | 'GABON' | 'GAMBIA' | 'GEORGIA' | 'GERMANY' | 'GHANA' |
	'GIBRALTAR' | 'GREECE' | 'GREENLAND' | 'GRENADA' | 'GUADELOUPE' | 'GUAM' | 'GUATEMALA' | 'GUERNSEY' | 'GUINEA' |
	'GUINEA_BISSAU' | 'GUYANA' | 'HAITI' | 'HEARD_ISLAND_AND_MCDONALD_ISLANDS' | 'HOLY_SEE_VATICAN_CITY_STATE' |
	'HONDURAS' | 'HONG_KONG' | 'HUNGARY' | 'ICELAND' | 'INDIA' | 'INDONESIA' | 'IRAQ' | 'IRELAND' |
	'ISLAMIC_REPUBLIC_OF_IRAN' | 'ISLE_OF_MAN' | 'ISRAEL' | 'ITALY' | 'JAMAICA' | 'JAPAN' | 'JERSEY' | 'JORDAN' |
	'KAZAKHSTAN' | 'KENYA' | 'KIRIBATI' | 'KOSOVO_TEMPORARY' | 'KUWAIT' | 'KYRGYZSTAN' |
	'LAO_PEOPLE_S_DEMOCRATIC_REPUBLIC' | 'LATVIA' | 'LEBANON' | 'LESOTHO' | 'LIBERIA' | 'LIBYA' | 'LIECHTENSTEIN' |
	'LITHUANIA' | 'LUXEMBOURG' | 'MACAO' | 'MADAGASCAR' | 'MALAWI' | 'MALAYSIA' | 'MALDIVES' | 'MALI' | 'MALTA' |
	'MARSHALL_ISLANDS' | 'MARTINIQUE' | 'MAURITANIA' | 'MAURITIUS' | 'MAYOTTE' | 'MEXICO' | 'MONACO' | 'MONGOLIA' |
	'MONTENEGRO' | 'MONTSERRAT' | 'MOROCCO' | 'MOZAMBIQUE' | 'MYANMAR' | 'NAMIBIA' | 'NAURU' | 'NEPAL' |
	'NETHERLANDS' | 'NEW_CALEDONIA' | 'NEW_ZEALAND' | 'NICARAGUA' | 'NIGER' | 'NIGERIA' | 'NIUE' | 'NORFOLK_ISLAND' |
	'NORTHERN_IRELAND_TEMPORARY' | 'NORWAY' | 'OMAN' | 'PAKISTAN' | 'PALAU' | 'PANAMA' | 'PAPUA_NEW_GUINEA' |
	'PARAGUAY' | 'PERU' | 'PHILIPPINES' | 'PITCAIRN' | 'PLURINATIONAL_STATE_OF_BOLIVIA' | 'POLAND' | 'PORTUGAL' |
	'PROVINCE_OF_CHINA_TAIWAN' | 'PUERTO_RICO' | 'QATAR' | 'REPUBLIC_OF_KOREA' | 'REPUBLIC_OF_MOLDOVA' | 'REUNION' |
	'ROMANIA' | 'RUSSIAN_FEDERATION' | 'RWANDA' | 'SAINT_BARTHELEMY' | 'SAINT_KITTS_AND_NEVIS' | 'SAINT_LUCIA' |
	'SAINT_PIERRE_AND_MIQUELON' | 'SAINT_VINCENT_AND_THE_GRENADINES' | 'SAMOA' | 'SAN_MARINO' |
	'SAO_TOME_AND_PRINCIPE' | 'SAUDI_ARABIA' | 'SENEGAL' | 'SERBIA' | 'SEYCHELLES' | 'SIERRA_LEONE' | 'SINGAPORE' |
	'SINT_EUSTATIUS_AND_SABA_BONAIRE' | 'SINT_MAARTEN_DUTCH_PART' | 'SLOVAKIA' | 'SLOVENIA' | 'SOLOMON_ISLANDS' |
	'SOMALIA' | 'SOUTH_AFRICA' | 'SOUTH_GEORGIA_AND_THE_SOUTH_SANDWICH_ISLANDS' | 'SOUTH_SUDAN' | 'SPAIN' |
	'SRI_LANKA' | 'STATE_OF_PALESTINE' | 'SUDAN' | 'SURINAME' | 'SVALBARD_AND_JAN_MAYEN' | 'SWAZILAND' | 'SWEDEN' |
	'SWITZERLAND' | 'SYRIAN_ARAB_REPUBLIC' | 'TAJIKISTAN' | 'THAILAND' | 'THE_DEMOCRATIC_REPUBLIC_OF_THE_CONGO' |
	'THE_FORMER_YUGOSLAV_REPUBLIC_OF_MACEDONIA' | 'TIMOR_LESTE' | 'TOGO' | 'TOKELAU' | 'TONGA' |
	'TRINIDAD_AND_TOBAGO' | 'TUNISIA' | 'TURKEY' | 'TURKMENISTAN' | 'TURKS_AND_CAICOS_ISLANDS' | 'TUVALU' | 'UGANDA' |
	'UKRAINE' | 'UNITED_ARAB_EMIRATES' | 'UNITED_KINGDOM_OF_GREAT_BRITAIN_AND_NORTHERN_IRELAND' |
	'UNITED_REPUBLIC_OF_TANZANIA' | 'UNITED_STATES_MINOR_OUTLYING_ISLANDS' | 'UNITED_STATES_OF_AMERICA' | 'URUGUAY' |
	'UZBEKISTAN' | 'U_S_VIRGIN_ISLANDS' | 'VANUATU' | 'VIET_NAM' | 'WALLIS_AND_FUTUNA' | 'WESTERN_SAHARA' | 'YEMEN' |
	'ZAMBIA' | 'ZIMBABWE';

export type CreatedWebhookResponse = {
	status?: number;
	uuid?: string;
};

export type Currencies = {
	currencies?: string[];
};

export type CurrencyCode =
	'AED' | 'AFN' | 'ALL' | 'AMD' | 'ANG' | 'AOA' | 'ARS' | 'ATS' | 'AUD' | 'AWG' | 'AZN' | 'BAM' | 'BBD' | 'BDT' |
	'BEF' | 'BGN' | 'BHD' | 'BIF' | 'BMD' | 'BND' | 'BOB' | 'BOV' | 'BRL' | 'BSD' | 'BTN' | 'BWP' | 'BYN' | 'BZD' |
	'CAD' | 'CDF' | 'CHE' | 'CHF' | 'CHW' | 'CLF' | 'CLP' | 'CNH' | 'CNT' | 'CNY' | 'COP' | 'COU' | 'CRC' | 'CUC' |
	'CUP' | 'CVE' | 'CYP' | 'CZK' | 'DEM' | 'DJF' | 'DKK' | 'DOP' | 'DZD' | 'EEK' | 'EGP' | 'ERN' | 'ESP' | 'ETB' |
	'EUR' | 'FIM' | 'FJD' | 'FKP' | 'FRF' | 'GBP' | 'GEL' | 'GGP' | 'GHS' | 'GIP' | 'GMD' | 'GNF' | 'GRD' | 'GTQ' |
	'GYD' | 'HKD' | 'HNL' | 'HRK' | 'HTG' | 'HUF' | 'IDR' | 'IEP' | 'ILS' | 'IMP' | 'INR' | 'IQD' | 'IRR' | 'ISK' |
	'ITL' | 'JEP' | 'JMD' | 'JOD' | 'JPY' | 'KES' | 'KGS' | 'KHR' | 'KID' | 'KMF' | 'KPW' | 'KRW' | 'KWD' | 'KYD' |
	'KZT' | 'LAK' | 'LBP' | 'LKR' | 'LRD' | 'LSL' | 'LTL' | 'LUF' | 'LVL' | 'LYD' | 'MAD' | 'MDL' | 'MGA' | 'MKD' |
	'MMK' | 'MNT' | 'MOP' | 'MRO' | 'MTL' | 'MUR' | 'MVR' | 'MWK' | 'MXN' | 'MXV' | 'MYR' | 'MZN' | 'NAD' | 'NGN' |
	'NIO' | 'NIS' | 'NLG' | 'NOK' | 'NPR' | 'NTD' | 'NZD' | 'OMR' | 'PAB' | 'PEN' | 'PGK' | 'PHP' | 'PKR' | 'PLN' |
	'PRB' | 'PTE' | 'PYG' | 'QAR' | 'RMB' | 'RON' | 'RSD' | 'RUB' | 'RWF' | 'SAR' | 'SBD' | 'SCR' | 'SDG' | 'SEK' |
	'SGD' | 'SHP' | 'SIT' | 'SKK' | 'SLL' | 'SLS' | 'SOS' | 'SRD' | 'SSP' | 'STN' | 'SVC' | 'SYP' | 'SZL' | 'THB' |
	'TJS' | 'TMT' | 'TND' | 'TOP' | 'TRY' | 'TTD' | 'TVD' | 'TWD' | 'TZS' | 'UAH' | 'UGX' | 'USD' | 'USN' | 'UYI' |
	'UYU' | 'UYW' | 'UZS' | 'VES' | 'VND' | 'VUV' | 'WST' | 'XAF' | 'XAG' | 'XAU' | 'XBA' | 'XBB' | 'XBC' | 'XBD' |
	'XCD' | 'XDR' | 'XOF' | 'XPD' | 'XPF' | 'XPT' | 'XSU' | 'XTS' | 'XUA' | 'XXX' | 'YER' | 'ZAR' | 'ZMW' | 'ZWB' |
	'ZWL';

export type CurrencyExchangeRate = {
	queryDay?: Day;
	currency?: CurrencyCode;
	day?: Day;
	rate?: number;
};

export type CurrencyGroupRates = {
	baseCurrency?: string;
	currencyDate?: Day;
	rates?: CurrencyRate[];
};

export type CurrencyRate = {
	currencyRate?: number;
	currencyCode?: string;
};

export type DefaultDimension = {
	id?: number;
	name?: string;
	items?: DefaultDimensionItem[];
};

export type DefaultDimensionBasicData = {
	id?: number;
	name?: string;
	items?: DefaultDimensionItemBasicData[];
};

export type DefaultDimensionItem = {
	id?: number;
	codeName?: string;
	percent?: number;
	status?: boolean;
	description?: string;
};

export type DefaultDimensionItemBasicData = {
	id?: number;
	codeName?: string;
	percent?: number;
};

export type DefaultProduct = {
	id?: number;
	productInfo?: Product;
	defaultSettings?: DefaultProductSettings;
	validityPeriods?: ProductValidityPeriod[];
};

export type DefaultProductSettings = {
	useSpecialDiscount?: boolean;
	specialDiscountPercentage?: number;
	useSpecialPrice?: boolean;
	specialPrice?: number;
	useSpecialVat?: boolean;
	specialVatPercentage?: number;
	amount?: number;
	comment?: string;
};

export type DeliveryTerms = {
	deliveryTerms?: string[];
};

export type DeliveryTermsInfo = {
	name?: string;
	municipality?: string;
};

export type Dimension = {
	id?: number;
	name?: string;
	items?: DimensionItem[];
};

export type DimensionItem = {
	id?: number;
	codeName?: string;
	status?: string;
	description?: string;
};

export type DimensionItemValue = {
	dimensionId?: number;
	itemId?: number;
	value?: number;
};

export type DimensionItemValueList = {
	dimensionItemValues?: DimensionItemValue[];
};

export type DimensionName = {
	name?: string;
};

export type DirectBankTransfer = {
	amount?: number;
	bankReferenceCode?: string;
	bankReferenceCodeType?: ReferenceCodeType;
	message?: string;
	recipientBankAccount?: string;
	recipientBicCode?: string;
	paymentMethod?: BankTransferMethod;
	payerBankAccount?: string;
	paymentDate?: Day;
	receiverBankClearingCode?: string;
	recipientNameAndAddress?: PaymentRecipientNameAndAddress;
	receiverBankNameAndAddress?: PaymentReceiverBankNameAndAddress;
	intermediaryBankNameAndAddress?: PaymentIntermediaryBankNameAndAddress;
	intermediaryBankBic?: string;
	serviceCharge?: 'BOTH_PAY_OWN_FEES' | 'PAYER_PAY_BOTH_FEES';
	currencyCode?: CurrencyCode;
	customId?: string;
};

export type DirectBankTransferList = {
	directBankTransfers?: DirectBankTransfer[];
};

export type DirectSalaryPayment = {
	amount?: number;
	bankReferenceCode?: string;
	bankReferenceCodeType?: ReferenceCodeType;
	message?: string;
	recipientBankAccount?: string;
	recipientBicCode?: string;
	recipientName?: string;
	recipientCode?: BusinessIdentifier;
	currencyCode?: 'EUR';
	customId?: string;
};

export type DirectSalaryPaymentGroup = {
	id?: number;
	listName?: string;
	created?: DateTime;
	status?: DirectSalaryPaymentGroupStatus;
	paymentMethod?: 'FINNISH_SALARY_TRANSFER';
	paymentDate?: DateTime;
	payerBankAccount?: string;
	totalSum?: number;
	customId?: string;
	payments?: PaymentBasicInfo[];
};

export type DirectSalaryPaymentGroupBaseInfo = {
	id?: number;
	listName?: string;
	created?: DateTime;
	status?: DirectSalaryPaymentGroupStatus;
	paymentMethod?: 'FINNISH_SALARY_TRANSFER';
	paymentDate?: DateTime;
	payerBankAccount?: string;
	totalSum?: number;
	customId?: string;
};

export type DirectSalaryPaymentGroupBaseInfoSearchResult = {
	results?: DirectSalaryPaymentGroupBaseInfo[];
	meta?: SearchResultMetaData;
};

export type DirectSalaryPaymentResult = {
	id?: number;
	customId?: string;
	payments?: PaymentBasicInfo[];
};

export type DirectSalaryPayments = {
	listName?: string;
	paymentMethod?: 'FINNISH_SALARY_TRANSFER';
	paymentDate?: Day;
	payerBankAccount?: string;
	customId?: string;
	payments?: DirectSalaryPayment[];
};

export type DirectSalaryPaymentsConfirmationResponseModels = {
	PaymentGroup?: DirectSalaryPaymentGroup;
	InfoMessage?: InfoMessage;
};

export type Document = {
	attachmentId?: number;
	name?: string;
	size?: number;
	user?: string;
	referenceId?: number;
	referenceType?: AttachmentReferenceType;
	attached?: DateTime;
};

export type EInvoiceAddress = {
	operator?: string;
	address?: string;
	ediId?: string;
};

export type EInvoiceData = {
	operator?: string;
	operatorId?: number;
	sendingAddress?: string;
	receivingAddress?: string;
	receivingAddressPublicInTieke?: boolean;
	edi?: string;
	invoicerAnnouncementUpdated?: string;
	created?: string;
	creator?: string;
	wsCustomerNumber?: string;
};

export type Employee = {
	id?: number;
	lastName?: string;
	firstName?: string;
	ssn?: string;
	employeeAddress?: PersonBasicAddress;
	personNumber?: string;
	salaryChannel?: EmployeeSalaryChannel;
	automatedTaxCard?: boolean;
	active?: boolean;
};

export type EmployeeDataForSalarySlip = {
	employeeId?: number;
	calendarWorkdays?: number;
	absentDays?: number;
	pensionInsuranceContributionPercent?: number;
	unemploymentInsurancePercent?: number;
	accidentInsurancePercent?: number;
	groupLifeInsurancePercent?: number;
	healthCareInsurancePercent?: number;
	holidayPayData?: HolidayPayData;
	workingHourReductionPayData?: WorkingHourReductionPayData;
};

export type EmployeeSearchResult = {
	results?: Employee[];
	meta?: SearchResultMetaData;
};

export type Employment = {
	startDate?: Day;
	endDate?: Day;
	type?: EmploymentType;
	terminationReason?: EmploymentTerminationReason;
	registrationGroundId?: string;
	hoursPerWeek?: number;
	employmentType?: 'FULL_TIME' | 'NOT_AVAILABLE' | 'PART_TIME';
	partTimePercent?: number;
	id?: number;
	keva?: boolean;
	version?: DateTime;
};

export type ErrorHandlingInfo = {
	date?: Day;
	userId?: number;
	firstName?: string;
	lastName?: string;
	comment?: string;
};

export type ExtraInfo = {
	accountingByRow?: boolean;
	unitPricesIncludeVat?: boolean;
};

export type FactoringContract = {
	id?: number;
	financingCompany?: FinancingCompany;
	financingCompanyBankAccount?: string;
	contractNumber?: string;
	bankReferenceCodeSeparator?: string;
	personalFinvoiceAddress?: string;
	financingCompanyFinvoiceAddress?: string;
	factoringCounterAccount?: string;
	transferNotification?: TransferNotification[];
	wsCustomerNumber?: string;
	status?: 'ACTIVE' | 'INACTIVE';
};

export type FactoringContractSearchResult = {
	results?: FactoringContract[];
	meta?: SearchResultMetaData;
};

export type FinancingCompany = {
	id?: string;
	name?: string;
};

export type FiscalYear = {
	id?: number;
	startDate?: Day;
	endDate?: Day;
	modified?: DateTime;
	trackingPeriods?: TrackingPeriod[];
	isOpen?: boolean;
};

export type FiscalYears = {
	fiscalYears?: FiscalYear[];
};

export type GeneralLedgerReportData = {
	id?: string;
	name?: string;
	totalAccountingValue?: number;
	ledgerReceiptTransactions?: AccountingReportTransaction[];
};

export type GeneralLedgerReportRequest = {
	startDate?: Day;
	endDate?: Day;
	receiptStatus?: ReportReceiptStatus[];
	options?: GeneralLedgerReportRequestOptions;
};

export type GeneralLedgerReportRequestOptions = {
	receiptType?: ReportReceiptType[];
	receiptCurrency?: CurrencyCode;
	receiptName?: string;
	entryPeriodStart?: Day;
	entryPeriodEnd?: Day;
	transactionValue?: string;
	transactionCurrency?: CurrencyCode;
	reportLanguage?: string;
	receiptNumbers?: string;
	transactionDescription?: string;
};

export type GeneralLedgerReportResponse = {
	reportParameters?: GeneralLedgerReportRequest;
	ledgerAccount?: GeneralLedgerReportData;
};

export type HolidayPay = {
	useHolidayCalculation?: boolean;
	holidayEarningStartDate?: Day;
	holidayBonusEarningStartDate?: Day;
	totalRemainingHolidayDays?: number;
	totalRemainingHolidayPay?: number;
	totalRemainingHolidayBonusDays?: number;
	totalRemainingAdditionalLeaveDays?: number;
	yearlyRemainings?: HolidayPayYearlyRemaining[];
};

export type HolidayPayData = {
	holidayDays?: number;
	rightForTimeOffAmount?: number;
	holidayBonusDays?: number;
	holidayAdditionalLeaveDays?: number;
};

export type HolidayPayYearlyRemaining = {
	holidayCreditYear?: number;
	remainingHolidayDays?: number;
	remainingHolidayPay?: number;
	remainingHolidayBonusDays?: number;
	remainingAdditionalLeaveDays?: number;
};

export type HolidayRowDetails = {
	holidayCreditYear?: number;
	holidayPayPercentage?: number;
	holidayDaysSpent?: number;
	holidayBonusCalculationBasis?: HolidayBonusCalculationBasis;
	correction?: boolean;
};

export type HolidaysWorkingTimeAllocation = {
	workingTimeInFirstMonth?: number;
	workingTimeInSecondMonth?: number;
	workingTimeType?: 'DAYS' | 'HOURS';
	averageDailyActualWorkdays?: AverageDailyActualWorkdays;
};

export type IncomeConfiguration = {
	id?: number;
	baseSalaryValue?: number;
	baseSalaryType?: BaseSalaryType;
	compensationForWorkBaseSalaryTypeCode?: number;
	baseSalaryHours?: number;
	monthlyBaseSalary?: number;
	personalHourlySalary?: number;
	travelExpensesSpecialHandling?: 'NONE' | 'NON_PROFIT_ORGANISATION' | 'RECIPIENT_OF_COMPENSATION_FOR_WORK';
	earnerTypes?: EarnerType[];
	taxNumber?: string;
	salaryChannel?: EmployeeSalaryChannel;
	excludedFromAutomatedWithholdingPercentageRequest?: boolean;
	version?: DateTime;
};

export type IncomesRegisterConfiguration = {
	id?: number;
	kevaSuborganisationId?: string;
	payerTypes?: PayerType[];
	version?: DateTime;
};

export type InfoMessage = {
	message?: string;
};

export type InsurancesConfiguration = {
	pensionInsurance?: PensionInsurance;
	accidentInsurance?: AccidentInsurance;
	noObligationExceptionTypes?: NoObligationExceptionType[];
	notSubjectExceptionTypes?: NotSubjectExceptionType[];
	pensionVoluntarilyPaid?: boolean;
};

export type InternationalSituationsConfiguration = {
	id?: number;
	socialSecurityCertificate?: 'FROM_FINLAND_A1' | 'NON_SOCIAL_SECURITY' | 'TO_FINLAND_A1';
	notSubjectToWithholding?: boolean;
	nonResidentTaxPayer?: boolean;
	taxIdentificationNumber?: string;
	sixMonthRuleApplicability?: 'NO' | 'YES';
	country?: CountryWithoutThreeTerritories;
	version?: DateTime;
};

export type Invoice = {
	id?: number;
	partnerId?: number;
	type?: InvoiceType;
	status?: InvoiceStatus;
	date?: Day;
	paymentDate?: Day;
	counterParty?: CounterParty;
	billingAddress?: InvoiceBillingAddress;
	deliveryAddress?: InvoiceDeliveryAddress;
	paymentInfo?: PaymentInfo;
	deliveryTermsInfo?: DeliveryTermsInfo;
	extraInfo?: ExtraInfo;
	discountPercent?: number;
	orderReference?: string;
	invoiceRows?: InvoiceRow[];
	invoiceNumber?: number;
	vatStatus?: number;
	originalInvoiceNumber?: string;
	deliveryStartDate?: Day;
	deliveryEndDate?: Day;
	deliveryMethod?: InvoiceDeliveryMethod;
	deliveryInstructions?: string;
	invoiceChannel?: InvoiceChannel;
	invoiceOperatorInfo?: InvoiceOperatorInfo;
	penaltyPercent?: number;
	language?: Language;
	invoiceTemplateId?: number;
	additionalInformation?: string;
	vatCountry?: Country;
	ledgerReceiptId?: number;
	notes?: string;
	factoringContractId?: number;
	factoringText?: string;
	sum?: number;
	travelInformationItems?: TravelInformationItem[];
	invoiceApprovalInformation?: InvoiceApprovalInformation;
	attachments?: Attachment[];
	orderNumber?: string;
	agreementNumber?: string;
	accountingCode?: string;
	deliverySite?: string;
	tenderReference?: string;
	buyerReferenceIdentifier?: string;
	sellerReferenceIdentifier?: string;
	version?: DateTime;
	invoiceSumInfo?: InvoiceSumInfo[];
	creatorId?: number;
	isOffer?: boolean;
};

export type InvoiceApprovalInformation = {
	acceptors?: InvoiceCheckerInformation[];
	verifiers?: InvoiceCheckerInformation[];
};

export type InvoiceBasicInfo = {
	id?: number;
	partnerId?: number;
	type?: InvoiceType;
	status?: InvoiceStatus;
	invoiceNumber?: number;
	originalInvoiceNumber?: string;
	invoiceChannel?: InvoiceChannel;
	date?: Day;
	dueDate?: Day;
	newDueDate?: Day;
	created?: DateTime;
	version?: DateTime;
	invoiceSumInfo?: InvoiceSumInfo[];
	creatorId?: number;
	counterParty?: CounterParty;
	isOffer?: boolean;
};

export type InvoiceBillingAddress = {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
	subdivision?: string;
};

export type InvoiceCheckerInformation = {
	userId?: number;
	eventPerformed?: Day;
};

export type InvoiceCirculationRights = {
	verification?: AccessRight;
	approval?: AccessRight;
	personalApprovalsOrVerificationsOnly?: boolean;
};

export type InvoiceCounterpartyAddress = {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
	subdivision?: string;
};

export type InvoiceDeliveryAddress = {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
	subdivision?: string;
};

export type InvoiceIds = {
	invoiceIds?: number[];
};

export type InvoiceNotes = {
	notes?: string;
};

export type InvoiceOperatorInfo = {
	operator?: string;
	receivingAddress?: string;
};

export type InvoicePayment = {
	amount?: number;
	bankReferenceCode?: string;
	bankReferenceCodeType?: ReferenceCodeType;
	message?: string;
	recipientBankAccount?: string;
	recipientBicCode?: string;
	paymentMethod?: BankTransferMethod;
	payerBankAccount?: string;
	paymentDate?: Day;
	receiverBankClearingCode?: string;
	recipientNameAndAddress?: PaymentRecipientNameAndAddress;
	receiverBankNameAndAddress?: PaymentReceiverBankNameAndAddress;
	intermediaryBankNameAndAddress?: PaymentIntermediaryBankNameAndAddress;
	intermediaryBankBic?: string;
	serviceCharge?: 'BOTH_PAY_OWN_FEES' | 'PAYER_PAY_BOTH_FEES';
	invoiceId?: number;
	invoiceVersion?: DateTime;
};

export type InvoicePaymentList = {
	payments?: InvoicePayment[];
};

export type InvoicePaymentSummaries = {
	transactions?: InvoicePaymentSummary[];
};

export type InvoicePaymentSummary = {
	paymentId?: number;
	invoiceId?: number;
};

export type InvoiceRow = {
	id?: number;
	productId?: number;
	product?: string;
	productCode?: string;
	quantity?: number;
	unit?: ProductUnit;
	unitPrice?: number;
	discountPercent?: number;
	vatPercent?: number;
	vatStatus?: number;
	comment?: string;
	startDate?: Day;
	endDate?: Day;
	headerText?: string;
	explanationText?: string;
};

export type InvoiceSearchResult = {
	results?: InvoiceBasicInfo[];
	meta?: SearchResultMetaData;
};

export type InvoiceSumInfo = {
	currency?: string;
	inAccountingCurrency?: boolean;
	excludingVatTotal?: number;
	vatSumTotal?: number;
	invoiceSumTotal?: number;
};

export type InvoiceTemplate = {
	id?: number;
	name?: string;
};

export type InvoiceTransaction = {
	action?: InvoiceTransactionAction;
	name?: string;
	date?: DateTime;
	details?: string;
};

export type InvoiceTransactionAction =
	'APPROVAL' | 'ALLOCATE_PAYMENT_MANUALLY' | 'ALLOCATE_INVOICE_TO_INVOICE' | 'ALLOCATE_INVOICE_TO_JOURNAL' |
	'ALLOCATE_INVOICE_TO_BANK_STATEMENT' | 'ALLOCATE_INVOICE_TO_REFERENCE_PAYMENT' | 'VERIFICATION' |
	'DIRECTED_TO_ANOTHER_VERIFIER' | 'DIRECTED_TO_ANOTHER_APPROVER' | 'COLLECTION_LETTER_DUETTOPRO' |
	'PAYMENT_REMINDER_EMAIL' | 'CONVERTED_TO_INVOICE' | 'PAYMENT_REMINDER' | 'PAYMENT_WARNING' |
	'PAYMENT_REMINDER_DUETTOFORTE' | 'CANCEL_PAYMENT_TRANSACTION' | 'RETURNED_PREVIOUS' | 'PAYMENT_REMINDER_MAIL' |
	'COLLECTION_LETTER_SVEA' | 'COLLECTION_LETTER_SVEA_SHORT' | 'PAYMENT_REMINDER_SVEA' |
	'PAYMENT_REMINDER_SVEA_SHORT' | 'DELETED_PAID_ELSEWHERE_PAYMENT_TRANSACTION' | 'DELETED_PAYMENT_TRANSACTION' |
	'UNFINISHED' | 'RESTORED_UNFINISHED' | 'DENY_PAYMENT' | 'SENT_FOR_PAYMENT' | 'MARKED_PAID' |
	'RECEIVED_VIA_AUTOMATIC_TRANSFER' | 'RECEIVED_AS_EINVOICE' | 'RECEIVED_AS_SCANNED_INVOICE' | 'TARGETING_REMOVED' |
	'SEND_TO_CIRCULATION' | 'SEND' | 'PRODUCT_INFORMATION_UPDATED_INTO_INVENTORY_MANAGEMENT' | 'SENDING_CANCELLED' |
	'SEPA_PAYMENT_ERROR' | 'PAYMENT_ERROR_HANDLED' | 'COLLECTION_LETTER_ROPO' | 'PAYMENT_REMINDER_ROPO' |
	'INVOICE_FACTORING_DELETED' | 'SENDING_ERROR_RECEIVED' | 'SENDING_ERROR_EMAIL_NOTIFICATION' |
	'SENDING_ERROR_HANDLED' | 'SENDING_ERROR_MARK_AS_HANDLED' | 'SENDING_ERROR_REVERTED_TO_NOT_SENT';

export type InvoiceTransactions = {
	transactions?: InvoiceTransaction[];
};

export type InvoiceTransactionsByInvoice = {
	invoiceId?: number;
	transactions?: InvoiceTransaction[];
};

export type InvoiceTransactionsByInvoicesDTO = {
	results?: InvoiceTransactionsByInvoice[];
};

export type InvoicingInfo = {
	customerNumber?: string;
	identifier?: string;
	identifierType?: string;
	ovt?: string;
	invoiceChannel?: InvoiceChannel;
	contactPerson?: string;
	language?: Language;
	email?: string;
	bccAddresses?: string[];
	denyEinvoiceReminders?: boolean;
	orderReference?: string;
	sellerReferenceIdentifier?: string;
	buyerReferenceIdentifier?: string;
	orderNumber?: string;
	agreementNumber?: string;
	accountingCode?: string;
	deliverySite?: string;
	tenderReference?: string;
	einvoiceAddress?: string;
	einvoiceOperator?: string;
};

export type Journal = {
	id?: number;
	ledgerReceiptId?: number;
	partnerId?: number;
	type?: 'JOURNAL';
	status?: 'UNFINISHED' | 'APPROVED' | 'INVALIDATED';
	invoiceNumber?: number;
	date?: Day;
	created?: DateTime;
	version?: DateTime;
	counterParty?: CounterParty;
};

export type LaborUnionMembership = {
	id?: number;
	laborUnionSettingId?: number;
	department?: string;
	membershipId?: string;
	membershipStart?: Day;
	membershipEnd?: Day;
	explanation?: string;
	version?: DateTime;
};

export type LaborUnionSettingsBasicData = {
	id?: number;
	name?: string;
};

export type LedgerAccount = {
	ledgerAccountCode?: string;
	name?: string;
	active?: boolean;
	translations?: LedgerAccountTranslation[];
};

export type LedgerAccountTranslation = {
	languageCode?: string;
	translation?: string;
};

export type LedgerAccounts = {
	ledgerAccounts?: LedgerAccount[];
};

export type LedgerAccountsReportData = {
	periods?: LedgerAccountsReportPeriod[];
};

export type LedgerAccountsReportPeriod = {
	startDate?: Day;
	endDate?: Day;
	rows?: LedgerAccountsReportRow[];
};

export type LedgerAccountsReportRequest = {
	startDate?: Day;
	endDate?: Day;
	receiptStatus?: ReportReceiptStatus[];
	options?: LedgerAccountsReportRequestOptions;
};

export type LedgerAccountsReportRequestOptions = {
	receiptType?: ReportReceiptType[];
	receiptCurrency?: CurrencyCode;
	receiptName?: string;
	entryPeriodStart?: Day;
	entryPeriodEnd?: Day;
	transactionValue?: string;
	transactionCurrency?: CurrencyCode;
	reportLanguage?: string;
	customerCompanyId?: string;
};

export type LedgerAccountsReportResponse = {
	reportParameters?: LedgerAccountsReportRequest;
	reportData?: LedgerAccountsReportData;
};

export type LedgerAccountsReportRow = {
	name?: string;
	value?: number;
};

export type LedgerReceipt = {
	id?: number;
	type?: LedgerReceiptType;
	status?: InvoiceStatus;
	name?: string;
	receiptDate?: Day;
	vatType?: 'PURCHASE' | 'SALES';
	vatStatus?: number;
	vatProcessing?: Country;
	invoiceId?: number;
	receiptNumber?: number;
	invoiceNotes?: string;
	invoiceNumber?: number;
	accountantsNotes?: string;
	transactionDescription?: string;
	receiptValidity?: ReceiptValidity;
	periodStartDate?: Day;
	periodEndDate?: Day;
	partnerId?: number;
	partnerCode?: string;
	serialNumber?: SerialNumber;
	version?: DateTime;
	depreciation?: Depreciation;
	vatDate?: Day;
	transactions?: Transaction[];
	attachments?: Attachment[];
};

export type LedgerReceiptBasicInfo = {
	id?: number;
	type?: LedgerReceiptType;
	status?: InvoiceStatus;
	name?: string;
	receiptDate?: Day;
	receiptNumber?: number;
	invoiceNumber?: number;
	serialNumber?: SerialNumber;
	created?: DateTime;
	version?: DateTime;
};

export type LedgerReceiptSearchResult = {
	results?: LedgerReceiptBasicInfo[];
	meta?: SearchResultMetaData;
};

export type ManagementRights = {
	basicCompanyInfo?: AccessRight;
	basicAccountingInfo?: AccessRight;
	chartOfAccountsAndDefaultReports?: AccessRight;
	usersAndUserRights?: AccessRight;
	companyUserManagement?: AccessRight;
	setUpACompany?: AccessRight;
	importData?: AccessRight;
	notifications?: AccessRight;
	incomesRegisterCertificate?: AccessRight;
	groupLetter?: AccessRight;
	auditLog?: AccessRight;
};

export type MarkInvoiceAsPaid = {
	paymentDate?: Day;
	amount?: number;
	currency?: CurrencyCode;
	description?: string;
	paymentMethodType?: MarkAsPaidMethod;
};

export type MfaInfoMessage = {
	message?: string;
};

export type MfaTransactionResult = {
	directBankTransfers?: PaymentSummaries;
	invoicePayments?: InvoicePaymentSummaries;
	directSalaryPayment?: DirectSalaryPaymentResult;
	info?: MfaInfoMessage;
};

export type NewSalaryList = {
	name?: string;
	holidayYear?: number;
	paymentPeriodStart?: Day;
	paymentPeriodEnd?: Day;
	earningsPeriodStart?: Day;
	earningsPeriodEnd?: Day;
	accountingDate?: Day;
	dueDate?: Day;
	payday?: Day;
	employeesDataForSalarySlip?: EmployeeDataForSalarySlip[];
};

export type PaymentBasicInfo = {
	paymentId?: number;
	customId?: string;
};

export type PaymentErrorMessage = {
	id?: number;
	createdDate?: Day;
	type?: PaymentErrorMessageType;
	status?: 'ALL' | 'HANDLED' | 'UNHANDLED';
	errorCode?: string;
	referenceId?: number;
	referenceType?: PaymentErrorReferenceType;
	invoiceType?: ReportTransactionType;
	errorHandlingInfo?: ErrorHandlingInfo;
};

export type PaymentErrorMessageSearchResult = {
	results?: PaymentErrorMessage[];
	meta?: SearchResultMetaData;
};

export type PaymentEvent = {
	id?: number;
	invoiceId?: number;
	type?: PaymentEventType;
	paymentDate?: Day;
	status?: InvoiceStatus;
	amount?: number;
	currency?: CurrencyCode;
	description?: string;
	paidAmount?: number;
	paidCurrency?: CurrencyCode;
};

export type PaymentEventSearchResult = {
	results?: PaymentEvent[];
	meta?: SearchResultMetaData;
};

export type PaymentInfo = {
	paymentMethod?: PaymentMethod;
	currency?: CurrencyCode;
	bankAccount?: BankAccount;
	dueDate?: Day;
	newDueDate?: Day;
	currencyRate?: number;
	paymentTermPercentage?: number;
	cashDiscount?: CashDiscount;
	bankReferenceCode?: string;
	bankReferenceCodeType?: ReferenceCodeType;
	clearingCode?: string;
};

export type PaymentIntermediaryBankNameAndAddress = {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
	subdivision?: string;
};

export type PaymentReceiverBankNameAndAddress = {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
	subdivision?: string;
};

export type PaymentRecipientNameAndAddress = {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
	subdivision?: string;
};

export type PaymentRights = {
	payment?: AccessRight;
	salaryPayments?: AccessRight;
	markAsPaid?: AccessRight;
	markSalaryAsPaid?: AccessRight;
	directBankTransfer?: AccessRight;
	bankStatementAndReferencePayment?: AccessRight;
	paymentAllocation?: AccessRight;
};

export type PaymentRowInfo = {
	id?: number;
	invoiceId?: number;
	paymentDate?: Day;
	amount?: number;
	receiverName?: string;
	currency?: CurrencyCode;
	payerAccount?: string;
	payerBic?: string;
	message?: string;
	receiverAccount?: string;
	receiverBic?: string;
	createdBy?: string;
	status?: InvoiceStatus;
};

export type PaymentSearchResult = {
	results?: BasicPaymentTransactionData[];
	meta?: SearchResultMetaData;
};

export type PaymentSummaries = {
	transactions?: PaymentSummary[];
};

export type PaymentSummary = {
	paymentId?: number;
	customId?: string;
};

export type PaymentsConfirmationResponseModels = {
	PaymentSummaries?: PaymentSummaries;
	InfoMessage?: InfoMessage;
	InvoicePaymentSummaries?: InvoicePaymentSummaries;
};

export type PensionContract = {
	id?: number;
	providerName?: string;
	number?: string;
	active?: boolean;
	label?: string;
	version?: DateTime;
};

export type PensionInsurance = {
	id?: number;
	type?: 'MYEL' | 'NONE' | 'TYEL' | 'YEL';
	pensionContractId?: number;
	version?: DateTime;
};

export type Person = {
	id?: number;
	firstName?: string;
	lastName?: string;
	jobTitle?: string;
	deliveryAddress?: PersonFullAddress;
	homeCountryAddress?: PersonFullAddress;
	paymentInfo?: PersonPaymentInfo;
	invoicingInfo?: PersonInvoicingInfo;
	registryInfo?: PersonRegistryInfo;
	version?: DateTime;
};

export type PersonAddress = {
	name?: string;
	specifier?: string;
	street?: string;
	zip?: string;
	city?: string;
	country?: Country;
	subdivision?: string;
};

export type PersonBasicAddress = {
	street?: string;
	zip?: string;
	city?: string;
	country?: CountryWithoutThreeTerritories;
};

export type PersonBasicInfo = {
	id?: number;
	lastName?: string;
	firstName?: string;
	deliveryAddress?: PersonBasicAddress;
	invoicingInfo?: PersonBasicInvoicingInfo;
	registryInfo?: PersonBasicRegistryInfo;
};

export type PersonBasicInvoicingInfo = {
	personNumber?: string;
	identifier?: string;
	identifierType?: PersonIdentifierType;
};

export type PersonBasicRegistryInfo = {
	active?: boolean;
};

export type PersonFullAddress = {
	street?: string;
	zip?: string;
	city?: string;
	country?: CountryWithoutThreeTerritories;
	specifier?: string;
	subdivision?: string;
	postOfficeBox?: string;
};

export type PersonInvoicingInfo = {
	personNumber?: string;
	identifier?: string;
	identifierType?: PersonIdentifierType;
	dateOfBirth?: Day;
	language?: 'ENGLISH' | 'FINNISH' | 'SWEDISH';
	gender?: 'FEMALE' | 'MALE' | 'NOT_APPLICABLE';
	homeCountryPersonId?: string;
};

export type PersonPaymentInfo = {
	paymentMethod?: RegisterPaymentMethod;
	clearingCode?: string;
	accountNumber?: string;
	bic?: string;
	paymentTermDays?: string;
	paymentTermPercentage?: number;
	penalInterestRate?: number;
	discountPercentage?: number;
};

export type PersonRegistryInfo = {
	active?: boolean;
	mobilePhone?: string;
	fax?: string;
	phone?: string;
	email?: string;
	contactPerson?: string;
	defaultReference?: string;
	section?: string;
	personGroupsIds?: number[];
	reportGroupId?: number;
	homeMunicipality?: string;
};

export type PersonSearchResult = {
	results?: PersonBasicInfo[];
	meta?: SearchResultMetaData;
};

export type PersonalDetails = {
	partnerId?: number;
	firstName?: string;
	lastName?: string;
	language?: Language;
	address?: PersonAddress;
	paymentInfo?: BusinessPartnerPaymentDetails;
	invoicingInfo?: BasicInvoicingInfo;
};

export type Product = {
	id?: number;
	type?: 'PURCHASE' | 'SALES' | 'TRAVEL';
	name?: string;
	code?: string;
	unit?: ProductUnit;
	discount?: number;
	price?: number;
	vat?: number;
	active?: boolean;
	defaultAccount?: string;
	vatStatus?: number;
	currency?: CurrencyCode;
	productLocalizations?: ProductLocalization[];
	productGroupId?: number;
	startDate?: Day;
	endDate?: Day;
	bookkeepingAccount?: string;
	version?: DateTime;
};

export type ProductBasicInfo = {
	productId?: number;
	name?: string;
	code?: string;
	defaultAccount?: string;
	price?: number;
	currency?: string;
	unit?: ProductUnit;
};

export type ProductGroup = {
	id?: number;
	name?: string;
	type?: 'PURCHASE' | 'SALES' | 'TRAVEL';
};

export type ProductGroups = {
	productGroups?: ProductGroup[];
};

export type ProductLocalization = {
	language?: Language;
	productName?: string;
};

export type ProductSearchResult = {
	results?: Product[];
	meta?: SearchResultMetaData;
};

export type ProductUnit =
	'CM' | 'LOT' | 'GRAM' | 'HOUR' | 'PERSON' | 'LINEAR_METER' | 'KILOGRAM' | 'MONTH' | 'KILOMETER' | 'PIECE' |
	'KILOWATT_HOUR' | 'LITER' | 'BOX' | 'METER' | 'SQUARE_METER' | 'CUBIC_METER' | 'SALE_UNIT' | 'MINUTE' |
	'MILLIMETER' | 'PARCEL' | 'BOTTLE' | 'CAN' | 'BAG' | 'DAY' | 'ROLL' | 'PAGE' | 'SACK' | 'SERIES' | 'TUBE' | 'TON' |
	'YEAR' | 'WEEK' | 'FULL_DAY' | 'KILOBIT' | 'MEGABIT' | 'GIGABIT' | 'TERABIT' | 'SQUARE_CENTIMETRE' | 'CENTILITRE' |
	'CUP' | 'DECILITRE' | 'GALLON_UK' | 'GALLON_US' | 'MILLILITRE' | 'PINT_UK' | 'PINT_US' | 'AMPERE' | 'AMPERE_HOUR' |
	'AMPERE_MINUTE' | 'KILOAMPERE_HOUR' | 'KILOVOLT' | 'MILLIVOLT' | 'MILLIAMPERE_HOUR' | 'FOOT' | 'INCH' | 'MILE' |
	'YARD' | 'EXAJOULE' | 'GIGAJOULE' | 'JOULE' | 'JOULE_PER_SECOND' | 'KILOJOULE' | 'MILLIJOULE' | 'PETAJOULE' |
	'TERAJOULE' | 'GRAM_PER_CUBIC_METRE' | 'GRAM_PER_SQUARE_METRE' | 'KILOGRAM_PER_CUBIC_METRE' |
	'KILOGRAM_PER_SQUARE_METRE' | 'MILLIGRAM' | 'MILLIGRAM_PER_CUBIC_METRE' | 'OUNCE' | 'POUND' | 'STONE_UK' |
	'DOZEN' | 'DOZEN_PACK' | 'EIGHT_PACK' | 'FIVE_PACK' | 'FOUR_PACK' | 'HUNDRED' | 'JAR' | 'NINE_PACK' |
	'NUMBER_OF_WORDS' | 'PAIR' | 'PALLET' | 'PLATE' | 'SET' | 'SEVEN_PACK' | 'SIX_PACK' | 'TEN_PACK' | 'THREE_PACK' |
	'TWO_PACK' | 'WRAP' | 'GIGAWATT' | 'GIGAWATT_HOUR' | 'KILOWATT' | 'MEGAWATT_HOUR' | 'MILLIWATT' | 'TERAWATT' |
	'TERAWATT_HOUR' | 'WATT' | 'WATT_HOUR' | 'BAR' | 'KILOPASCAL' | 'PASCAL' | 'KILOBYTE' | 'MEGABYTE' | 'GIGABYTE' |
	'SECOND' | 'HECTARE' | 'NO_UNIT';

export type ProductValidityPeriod = {
	startDate?: Day;
	endDate?: Day;
	notes?: string;
};

export type PurchasesRights = {
	purchaseInvoices?: AccessRight;
	purchaseInvoiceSearch?: AccessRight;
	personalPurchaseInvoicesOnly?: boolean;
	supplierRegister?: AccessRight;
	productRegister?: AccessRight;
	fixedAssetsRegister?: AccessRight;
};

export type RecoveryRowDetails = {
	id?: number;
	netRecoveryTaxValue?: number;
	paymentPeriodStart?: Day;
	paymentPeriodEnd?: Day;
	earningsPeriodStart?: Day;
	earningsPeriodEnd?: Day;
	payday?: Day;
};

export type ReferencePayment = {
	id?: number;
	accountNumber?: string;
	valueDate?: Day;
	paymentDate?: Day;
	sum?: number;
	name?: string;
	bankReference?: string;
	archiveId?: string;
	allocated?: boolean;
	invoiceId?: number;
	attachments?: Attachment[];
	allocationMetadataRows?: AllocationMetadataWithFullLedgerAccountDataRow[];
};

export type ReferencePaymentsSearchResult = {
	results?: ReferencePayment[];
	meta?: SearchResultMetaData;
};

export type RegistryInfo = {
	active?: boolean;
	phone?: string;
	mobilePhone?: string;
	fax?: string;
	section?: string;
	homeMunicipality?: string;
	reportGroup?: string;
	reportGroupId?: number;
	partnerGroups?: BusinessPartnerGroup[];
};

export type SalariesBasicInfo = {
	yearlyFigures?: YearlyFigures;
	workHours?: WorkHours;
	incomesRegisterConfiguration?: IncomesRegisterConfiguration;
	pensionContracts?: PensionContract[];
	accidentInsurancePolicies?: AccidentInsurancePolicy[];
};

export type SalariesRights = {
	payroll?: AccessRight;
	personalSalariesOnly?: boolean;
	personRegister?: AccessRight;
	workingTimeTracking?: AccessRight;
	personalWorkHourTrackingOnly?: boolean;
};

export type SalaryBase = {
	id?: number;
	employeeId?: number;
	notes?: string;
	rows?: SalaryBaseRow[];
	version?: DateTime;
};

export type SalaryBaseRow = {
	id?: number;
	salaryTypeCode?: number;
	customName?: string;
	quantity?: number;
	unitValue?: number;
	paymentPercent?: number;
	recoveryDetails?: RecoveryRowDetails;
	carBenefitDetails?: CarBenefitRowDetails;
	baseSalaryRow?: boolean;
};

export type SalaryInfo = {
	employeeId?: number;
	personId?: number;
	incomeConfiguration?: IncomeConfiguration;
	insurancesConfiguration?: InsurancesConfiguration;
	internationalSituationsConfiguration?: InternationalSituationsConfiguration;
};

export type SalaryList = {
	name?: string;
	holidayYear?: number;
	paymentPeriodStart?: Day;
	paymentPeriodEnd?: Day;
	earningsPeriodStart?: Day;
	earningsPeriodEnd?: Day;
	accountingDate?: Day;
	dueDate?: Day;
	payday?: Day;
	id?: number;
	salarySlips?: SalarySlipBasicData[];
	version?: DateTime;
};

export type SalaryListBasicData = {
	id?: number;
	name?: string;
	numberOfSlips?: number;
	unfinished?: number;
	sent?: number;
	paid?: number;
	reported?: number;
	paymentPeriodStart?: Day;
	paymentPeriodEnd?: Day;
	created?: DateTime;
	createdBy?: string;
};

export type SalaryListSearchResult = {
	results?: SalaryListBasicData[];
	meta?: SearchResultMetaData;
};

export type SalaryPeriod = {
	id?: number;
	name?: string;
	paymentPeriodStart?: Day;
	paymentPeriodEnd?: Day;
	holidayCreditYear?: number;
	calendarWorkdays?: number;
	dueDate?: Day;
	payday?: Day;
	accountingDate?: Day;
};

export type SalaryPeriodListBasicInfo = {
	id?: number;
	name?: string;
};

export type SalarySlip = {
	id?: number;
	employeeId?: number;
	employeeName?: string;
	status?: SalarySlipStatus;
	paidStatusDetails?: 'MARKED_PAID' | 'PAYMENT_SENT_TO_BANK' | 'PARTLY_PAID';
	slipNumber?: number;
	salaryBaseNote?: string;
	incomesRegisterReportingSetting?:
		'DO_NOT_REPORT_DATA_ON_SLIP' | 'EARNINGS_REPORTED_ELSEWHERE' | 'FORM_BOTH_REPORTS';
	workingTimeAllocation?: SalarySlipWorkingTimeAllocation;
	rows?: SalarySlipRow[];
	settings?: SalarySlipSettings;
	adjustments?: SalarySlipAdjustments;
	slipNotes?: string;
	version?: DateTime;
};

export type SalarySlipAccounting = {
	name?: string;
	receiptDate?: Day;
	accountantsNotes?: string;
	transactionDescription?: string;
	receiptValidity?: ReceiptValidity;
	periodStartDate?: Day;
	periodEndDate?: Day;
	transactions?: SalarySlipTransaction[];
	version?: DateTime;
};

export type SalarySlipAdjustments = {
	payday?: Day;
	employment?: SalarySlipEmployment;
	pensionContractId?: number;
	accidentInsurancePolicyId?: number;
};

export type SalarySlipBasicData = {
	id?: number;
	employeeName?: string;
	payday?: Day;
	slipNumber?: number;
	status?: SalarySlipStatus;
	paidStatusDetails?: 'MARKED_PAID' | 'PAYMENT_SENT_TO_BANK' | 'PARTLY_PAID';
	slipNotes?: string;
	salaryChannel?: EmployeeSalaryChannel;
	sentStatus?: 'OBSOLETE' | 'OK' | 'UNDEFINED';
	reportStatus?: 'OBSOLETE' | 'OK' | 'UNDEFINED';
	salary?: number;
	fringeBenefit?: number;
	salaryForIns?: number;
	deductionToTaxable?: number;
	tax?: number;
	taxableCompensation?: number;
	taxFreeItems?: number;
	otherDeductions?: number;
	netPay?: number;
	eSalaryStatus?: 'SENDING' | 'SENT' | 'ERROR' | 'REPLACED' | 'NULL';
};

export type SalarySlipCarBenefitRowDetails = {
	id?: number;
	carAgeGroup?: CarAgeGroup;
	benefitLimited?: boolean;
	emissionValue?: number;
	odometerReading?: number;
};

export type SalarySlipEmployment = {
	startDate?: Day;
	endDate?: Day;
	type?: EmploymentType;
	terminationReason?: EmploymentTerminationReason;
	registrationGroundId?: string;
	hoursPerWeek?: number;
	employmentType?: 'FULL_TIME' | 'NOT_AVAILABLE' | 'PART_TIME';
	partTimePercent?: number;
};

export type SalarySlipRecoveryRowDetails = {
	id?: number;
	netRecoveryTaxValue?: number;
	paymentPeriodStart?: Day;
	paymentPeriodEnd?: Day;
	earningsPeriodStart?: Day;
	earningsPeriodEnd?: Day;
	payday?: Day;
	taxAtSourceValue?: number;
};

export type SalarySlipRow = {
	id?: number;
	salaryTypeCode?: number;
	customName?: string;
	quantity?: number;
	unitValue?: number;
	paymentPercent?: number;
	recoveryDetails?: SalarySlipRecoveryRowDetails;
	carBenefitDetails?: SalarySlipCarBenefitRowDetails;
	baseSalaryRow?: boolean;
	earningsPeriodStart?: Day;
	earningsPeriodEnd?: Day;
	showEarningPeriodInExport?: boolean;
	unjustEnrichment?: boolean;
	comment?: string;
	holidayRowDetails?: HolidayRowDetails;
	workingHourReductionRowDetails?: WorkingHourReductionRowDetails;
	systemNotification?: string;
};

export type SalarySlipSearchResult = {
	results?: SalarySlipBasicData[];
	meta?: SearchResultMetaData;
};

export type SalarySlipSettings = {
	noObligationExceptionTypes?: NoObligationExceptionType[];
	notSubjectExceptionTypes?: NotSubjectExceptionType[];
	pensionVoluntarilyPaid?: boolean;
	accountingDate?: Day;
	dueDate?: Day;
	salaryChannel?: EmployeeSalaryChannel;
	additionalInformation?: string;
};

export type SalarySlipTransaction = {
	id?: number;
	transactionType?: 'ENTRY' | 'RECONCILIATION_ENTRY' | 'REVERSING_ENTRY';
	account?: string;
	accountingValue?: number;
	description?: string;
	balanceCode?: string;
	dimensionItemValues?: DimensionItemValue[];
};

export type SalarySlipWorkingTimeAllocation = {
	holidaysWorkingTime?: HolidaysWorkingTimeAllocation;
	workingHourReductionWorkingDays?: WorkingHourReductionWorkingTimeAllocation;
};

export type SalaryType = {
	name?: string;
	code?: number;
	category?: SalaryTypeCategory;
	unit?: 'HOUR' | 'PIECE';
	unitValue?: number;
	paymentPercent?: number;
	paymentPercentEditable?: boolean;
	affectsHealthInsurance?: boolean;
	affectsPensionInsurance?: boolean;
	affectsUnemploymentInsurance?: boolean;
	affectsAccidentAndGroupLifeInsurance?: boolean;
	incomeType?: string;
	incomeTypeCode?: number;
	translations?: SalaryTypeTranslation[];
};

export type SalaryTypeSearchResult = {
	results?: SalaryType[];
	meta?: SearchResultMetaData;
};

export type SalaryTypeTranslation = {
	languageCode?: string;
	translation?: string;
};

export type SalesRights = {
	salesOrGroupInvoices?: AccessRight;
	salesInvoiceSearch?: AccessRight;
	personalSalesInvoicesOnly?: boolean;
	customerRegister?: AccessRight;
	productRegister?: AccessRight;
};

export type SearchResultMetaData = {
	pageNumber?: number;
	pageSize?: number;
	resultCount?: number;
	totalCount?: number;
};

export type SerialNumber = {
	series?: SerialNumberSeries;
	number?: number;
};

export type SessionInfo = {
	companyId?: number;
	name?: string;
	country?: Country;
	productVersion?: CompanyProductVersion;
	userId?: number;
	userName?: string;
	companySettings?: CompanySettings;
};

export type SieAvailabilityResponse = {
	lastValidEndDate?: Day;
	accountingPeriodStart?: string[];
};

export type Status = {
	name?: string;
	version?: string;
	status?: 'DEGRADED' | 'FAILING' | 'OK';
	procountorVersion?: string;
};

export type Substitution = {
	userId?: number;
	start?: Day;
	end?: Day;
	substituteForVerifying?: number;
	substituteForApproving?: number;
	notes?: string;
};

export type TaggableUser = {
	displayName?: string;
	fullName?: string;
};

export type TaggableUsers = {
	taggableUsers?: TaggableUser[];
};

export type TaggedUser = {
	userTagId?: number;
	displayName?: string;
	fullName?: string;
	read?: DateTime;
};

export type TaggedUsersInfo = {
	numTaggedUsers?: number;
	readByAllTaggedUsers?: boolean;
};

export type TaxCard = {
	id?: number;
	type?: TaxCardType;
	revised?: boolean;
	incomeType?: string;
	validFrom?: Day;
	basePercent?: number;
	additionalPercent?: number;
	annualIncomeLimit?: number;
	limitUsed?: number;
	comments?: string;
	created?: DateTime;
	version?: DateTime;
};

export type TrackingPeriod = {
	id?: number;
	startDate?: Day;
	endDate?: Day;
	status?: 'CLOSED' | 'OPEN' | 'PENDING';
	modified?: DateTime;
};

export type Transaction = {
	id?: number;
	transactionType?: 'ENTRY' | 'RECONCILIATION_ENTRY' | 'REVERSING_ENTRY';
	account?: string;
	accountingValue?: number;
	vatPercent?: number;
	vatType?: 'PURCHASE' | 'SALES';
	vatStatus?: number;
	description?: string;
	balanceCode?: string;
	allocations?: number[];
	partnerId?: number;
	dimensionItemValues?: DimensionItemValue[];
	vatDeductionPercent?: number;
	startDate?: Day;
	endDate?: Day;
};

export type TransactionIdentifier = {
	transactionIdentifier?: string;
	confirmationApp?: string;
};

export type TransferNotification = {
	lang?: 'ENGLISH' | 'FINNISH' | 'SWEDISH' | 'ESTONIAN';
	notification?: string;
};

export type TravelAndExpensesRights = {
	travelAndExpenseInvoices?: AccessRight;
	travelAndExpenseInvoiceSearch?: AccessRight;
	personalTravelAndExpenseInvoiceOnly?: boolean;
};

export type TravelInformationItem = {
	departure?: string;
	arrival?: string;
	places?: string;
	purpose?: string;
};

export type User = {
	id?: number;
	username?: string;
	companyId?: number;
	countryCode?: Country;
	street?: string;
	zip?: string;
	city?: string;
	partnerId?: number;
	loginMethod?: 'FINAGO_KEY' | 'PASSWORDLIST' | 'PROCOUNTOR_KEY';
	firstName?: string;
	lastName?: string;
	email?: string;
	mobilePhone?: string;
	secondaryPhone?: string;
	socialSecurityNumber?: string;
};

export type UserPermissions = {
	management?: ManagementRights;
	user?: UserRights;
	sales?: SalesRights;
	purchases?: PurchasesRights;
	travelAndExpenses?: TravelAndExpensesRights;
	invoiceCirculation?: InvoiceCirculationRights;
	salaries?: SalariesRights;
	payments?: PaymentRights;
	accounting?: AccountingRights;
};

export type UserPrivileges = {
	role?: string;
	rights?: UserPermissions;
};

export type UserProfile = {
	firstname?: string;
	surname?: string;
};

export type UserRights = {
	editPersonalInfo?: AccessRight;
	limitedDimensions?: boolean;
	blockSoloLoginToProcountor?: boolean;
};

export type VatCountryInfo = {
	country?: string;
	percentages?: VatInfo[];
};

export type VatInfo = {
	vatPercent?: number;
	sales?: boolean;
	purchase?: boolean;
};

export type VatInformation = {
	vatInformation?: VatCountryInfo[];
	vatStatuses?: VatStatusInfo[];
};

export type VatPercentages = {
	vatPercentages?: number[];
};

export type VatSettings = {
	unitPricesIncludeVatSales?: boolean;
	unitPricesIncludeVatPurchase?: boolean;
};

export type VatStatusInfo = {
	vatStatus?: number;
	description?: string;
	sales?: boolean;
	purchase?: boolean;
};

export type Verifier = {
	firstname?: string;
	surname?: string;
	userId?: number;
	orderNo?: number;
};

export type VerifierList = {
	id?: number;
	name?: string;
	verifiers?: Verifier[];
	acceptors?: Verifier[];
};

export type VerifierListBasic = {
	id?: number;
	name?: string;
	verifiers?: number[];
	acceptors?: number[];
};

export type Webhook = {
	uuid?: string;
	url?: string;
	authenticationType?: 'HMAC' | 'NONE';
	authenticationMeta?: Record<string, unknown>;
	subscriptions?: WebhookEvent[];
};

export type WebhookSearchResult = {
	results?: Webhook[];
	meta?: SearchResultMetaData;
};

export type WorkHours = {
	id?: number;
	monthly?: number;
	weekly?: number;
	version?: DateTime;
};

export type WorkingHourReduction = {
	startDate?: Day;
	totalRemainingWorkingHourReductionHours?: number;
	totalRemainingWorkingHourReductionDays?: number;
};

export type WorkingHourReductionPayData = {
	workingHourReductionDays?: number;
	workingHourReductionHours?: number;
};

export type WorkingHourReductionRowDetails = {
	year?: number;
};

export type WorkingHourReductionWorkingTimeAllocation = {
	workingDaysInFirstYear?: number;
	workingDaysInSecondYear?: number;
};

export type YearlyFigures = {
	year?: number;
	paidSalariesSum?: number;
	pensionInsuranceContributionPercent?: number;
	unemploymentInsurancePercentBasic?: number;
	unemploymentInsurancePercentAdditional?: number;
	accidentInsurancePercent?: number;
	groupLifeInsurancePercent?: number;
	healthCareInsurancePercent?: number;
};

/**
 * What each call takes and returns: path, query, headers and body, the response, and the records that a list holds.
 * The response of a call for files is `unknown`.
 */
export interface Calls {
	'PUT /webhooks/{uuid}': {
		path: { uuid: string };
		body: Body<Webhook, 'url' | 'authenticationType' | 'subscriptions'>;
		response: InfoMessage;
	};
	'DELETE /webhooks/{uuid}': { path: { uuid: string }; response: void };
	'GET /webhooks': {
		query?: {
			url?: string; eventType?: readonly WebhookEventFilter[]; orderByCreatedDate?: 'ASC' | 'DESC';
			size?: number; page?: number;
		};
		response: WebhookSearchResult;
		record: Webhook;
	};
	'POST /webhooks': {
		body: Body<Webhook, 'url' | 'authenticationType' | 'subscriptions'>;
		response: CreatedWebhookResponse;
	};
	'GET /users': { response: User };
	'PUT /users': {
		body: Body<User, 'firstName' | 'lastName' | 'email' | 'mobilePhone'>;
		response: TransactionIdentifier;
	};
	'PUT /users/{transactionIdentifier}/confirm': { path: { transactionIdentifier: string }; response: InfoMessage };
	'GET /users/rights': { response: UserPrivileges };
	'GET /users/profiles/{userId}': { path: { userId: number }; response: UserProfile };
	'PUT /referencepayments/{referencePaymentId}/metadata': {
		path: { referencePaymentId: number };
		body: AllocationMetadata;
		response: InfoMessage;
	};
	'DELETE /referencepayments/{referencePaymentId}/metadata': {
		path: { referencePaymentId: number };
		response: void;
	};
	'GET /referencepayments': {
		query?: {
			startDate?: Day; endDate?: Day; previousId?: number; orderById?: 'ASC' | 'DESC'; size?: number;
			page?: number; accountNumber?: string;
		};
		headers?: { accountNumber?: string };
		response: ReferencePaymentsSearchResult;
		record: ReferencePayment;
	};
	'GET /products/{productId}': {
		path: { productId: number | string };
		query?: { includeLocalizations?: boolean };
		response: Product;
	};
	'PUT /products/{productId}': {
		path: { productId: number };
		body: Body<Product, 'type' | 'name' | 'discount' | 'price' | 'active' | 'currency'>;
		response: Product;
	};
	'DELETE /products/{productId}': { path: { productId: number }; response: void };
	'GET /products/{productId}/defaults/dimensions/{dimensionId}': {
		path: { productId: number; dimensionId: number };
		response: DefaultDimension;
	};
	'PUT /products/{productId}/defaults/dimensions/{dimensionId}': {
		path: { productId: number; dimensionId: number };
		body: DefaultDimension;
		response: DefaultDimension;
	};
	'GET /products/groups/{groupId}': { path: { groupId: number }; response: ProductGroup };
	'PUT /products/groups/{groupId}': {
		path: { groupId: number };
		body: Body<ProductGroup, 'name'>;
		response: ProductGroup;
	};
	'DELETE /products/groups/{groupId}': { path: { groupId: number }; response: void };
	'GET /products': {
		query?: {
			name?: string; previousId?: number; size?: number; orderById?: 'ASC' | 'DESC';
			orderByVersion?: 'ASC' | 'DESC'; group?: readonly number[]; type?: 'SALES' | 'PURCHASE' | 'TRAVEL';
			code?: string; startDate?: Day; endDate?: Day; includeLocalizations?: boolean; active?: boolean;
			versionStartDate?: DateTime; versionEndDate?: DateTime;
		};
		response: ProductSearchResult;
		record: Product;
	};
	'POST /products': {
		body: Body<Product, 'type' | 'name' | 'discount' | 'price' | 'active' | 'currency'>;
		response: Product;
	};
	'GET /products/groups': {
		query?: { type?: 'SALES' | 'PURCHASE' | 'TRAVEL' };
		response: ProductGroups;
		record: ProductGroup;
	};
	'POST /products/groups': { body: Body<ProductGroup, 'name'>; response: ProductGroup };
	'GET /products/{productId}/defaults/dimensions': {
		path: { productId: number };
		response: DefaultDimensionBasicData[];
		record: DefaultDimensionBasicData;
	};
	'GET /persons/{id}': { path: { id: number }; response: Person };
	'PUT /persons/{id}': {
		path: { id: number };
		body: Body<Person, 'lastName' | 'paymentInfo' | 'invoicingInfo' | 'registryInfo'>;
		response: Person;
	};
	'GET /persons/{id}/defaults/dimensions/{dimensionId}': {
		path: { id: number; dimensionId: number };
		response: DefaultDimension;
	};
	'PUT /persons/{id}/defaults/dimensions/{dimensionId}': {
		path: { id: number; dimensionId: number };
		body: DefaultDimension;
		response: DefaultDimension;
	};
	'GET /persons': {
		query?: {
			personNumber?: string; mainPersonGroup?: string; personGroupId?: number; includeInactive?: boolean;
			size?: number; page?: number; orderById?: 'ASC' | 'DESC';
		};
		response: PersonSearchResult;
		record: PersonBasicInfo;
	};
	'POST /persons': {
		body: Body<Person, 'lastName' | 'paymentInfo' | 'invoicingInfo' | 'registryInfo'>;
		response: Person;
	};
	'GET /persons/{id}/defaults/products': {
		path: { id: number };
		response: DefaultProduct[];
		record: DefaultProduct;
	};
	'GET /persons/{id}/defaults/dimensions': {
		path: { id: number };
		response: DefaultDimensionBasicData[];
		record: DefaultDimensionBasicData;
	};
	'GET /payrolls/salaryslips/{id}': { path: { id: number | string }; response: SalarySlip };
	'PUT /payrolls/salaryslips/{id}': {
		path: { id: number };
		body: Body<SalarySlip, 'incomesRegisterReportingSetting' | 'rows' | 'settings' | 'adjustments'>;
		response: SalarySlip;
	};
	'PUT /payrolls/salaryslips/{id}/cancelapproval': { path: { id: number }; response: InfoMessage };
	'PUT /payrolls/salaryslips/{id}/approve': { path: { id: number }; response: InfoMessage };
	'GET /payrolls/salaryslips/{id}/accounting': { path: { id: number }; response: SalarySlipAccounting };
	'PUT /payrolls/salaryslips/{id}/accounting': {
		path: { id: number };
		query?: { createReconciliation?: boolean };
		body: Body<SalarySlipAccounting, 'name' | 'receiptDate' | 'transactions'>;
		response: SalarySlipAccounting;
	};
	'GET /payrolls/employees/{id}/salaryinfo': { path: { id: number }; response: SalaryInfo };
	'PUT /payrolls/employees/{id}/salaryinfo': {
		path: { id: number };
		body: Body<SalaryInfo,
			'personId' | 'incomeConfiguration' | 'insurancesConfiguration' | 'internationalSituationsConfiguration'
		>;
		response: SalaryInfo;
	};
	'GET /payrolls/employees/{id}/salaryinfo/taxcards/{taxCardId}': {
		path: { id: number; taxCardId: number };
		response: TaxCard;
	};
	'PUT /payrolls/employees/{id}/salaryinfo/taxcards/{taxCardId}': {
		path: { id: number; taxCardId: number };
		body: Body<TaxCard,
			'type' | 'revised' | 'validFrom' | 'basePercent' | 'additionalPercent' | 'annualIncomeLimit'
		>;
		response: TaxCard;
	};
	'DELETE /payrolls/employees/{id}/salaryinfo/taxcards/{taxCardId}': {
		path: { id: number; taxCardId: number };
		response: void;
	};
	'GET /payrolls/employees/{id}/salaryinfo/laborunionmemberships/{laborUnionMembershipId}': {
		path: { id: number; laborUnionMembershipId: number };
		response: LaborUnionMembership;
	};
	'PUT /payrolls/employees/{id}/salaryinfo/laborunionmemberships/{laborUnionMembershipId}': {
		path: { id: number; laborUnionMembershipId: number };
		body: Body<LaborUnionMembership, 'laborUnionSettingId' | 'membershipStart'>;
		response: LaborUnionMembership;
	};
	'DELETE /payrolls/employees/{id}/salaryinfo/laborunionmemberships/{laborUnionMembershipId}': {
		path: { id: number; laborUnionMembershipId: number };
		response: void;
	};
	'GET /payrolls/employees/{id}/salaryinfo/employments/{employmentId}': {
		path: { id: number; employmentId: number };
		response: Employment;
	};
	'PUT /payrolls/employees/{id}/salaryinfo/employments/{employmentId}': {
		path: { id: number; employmentId: number };
		body: Body<Employment, 'terminationReason' | 'keva'>;
		response: Employment;
	};
	'DELETE /payrolls/employees/{id}/salaryinfo/employments/{employmentId}': {
		path: { id: number; employmentId: number };
		response: void;
	};
	'GET /payrolls/employees/{id}/salarybase': { path: { id: number }; response: SalaryBase };
	'PUT /payrolls/employees/{id}/salarybase': {
		path: { id: number };
		body: Body<SalaryBase, 'rows'>;
		response: SalaryBase;
	};
	'GET /payrolls/salarylists': {
		query?: {
			paymentPeriodStart?: Day; paymentPeriodEnd?: Day; name?: string; size?: number; page?: number;
			orderById?: 'ASC' | 'DESC';
		};
		response: SalaryListSearchResult;
		record: SalaryListBasicData;
	};
	'POST /payrolls/salarylists': {
		body: Body<NewSalaryList,
			'name' | 'paymentPeriodStart' | 'paymentPeriodEnd' | 'accountingDate' | 'dueDate' | 'payday' |
			'employeesDataForSalarySlip'
		>;
		response: SalaryList;
	};
	'GET /payrolls/employees/{id}/salaryinfo/taxcards': { path: { id: number }; response: TaxCard[]; record: TaxCard };
	'POST /payrolls/employees/{id}/salaryinfo/taxcards': {
		path: { id: number };
		body: Body<TaxCard,
			'type' | 'revised' | 'validFrom' | 'basePercent' | 'additionalPercent' | 'annualIncomeLimit'
		>;
		response: TaxCard;
	};
	'GET /payrolls/employees/{id}/salaryinfo/laborunionmemberships': {
		path: { id: number };
		response: LaborUnionMembership[];
		record: LaborUnionMembership;
	};
	'POST /payrolls/employees/{id}/salaryinfo/laborunionmemberships': {
		path: { id: number };
		body: Body<LaborUnionMembership, 'laborUnionSettingId' | 'membershipStart'>;
		response: LaborUnionMembership;
	};
	'GET /payrolls/employees/{id}/salaryinfo/employments': {
		path: { id: number };
		response: Employment[];
		record: Employment;
	};
	'POST /payrolls/employees/{id}/salaryinfo/employments': {
		path: { id: number };
		body: Body<Employment, 'terminationReason' | 'keva'>;
		response: Employment;
	};
	'POST /payrolls/employees/salaryinfo': {
		body: Body<SalaryInfo,
			'personId' | 'incomeConfiguration' | 'insurancesConfiguration' | 'internationalSituationsConfiguration'
		>;
		response: SalaryInfo;
	};
	'GET /payrolls/salarytypes': {
		query?: {
			name?: string; code?: number; category?: SalaryTypeCategory; incomeType?: string; incomeTypeCode?: number;
			size?: number; page?: number; orderByCode?: 'ASC' | 'DESC';
		};
		response: SalaryTypeSearchResult;
		record: SalaryType;
	};
	'GET /payrolls/salaryslips': {
		query?: {
			paydayStartDate?: Day; paydayEndDate?: Day; employeeName?: string; slipNumber?: readonly string[];
			status?: readonly SalarySlipStatusFilter[]; size?: number; page?: number; orderById?: 'ASC' | 'DESC';
		};
		response: SalarySlipSearchResult;
		record: SalarySlipBasicData;
	};
	'GET /payrolls/salaryperiods': {
		query: { holidayCreditYear: number };
		response: SalaryPeriodListBasicInfo[];
		record: SalaryPeriodListBasicInfo;
	};
	'GET /payrolls/salaryperiods/{id}': { path: { id: number }; response: SalaryPeriod[]; record: SalaryPeriod };
	'GET /payrolls/salarylists/{id}': { path: { id: number }; response: SalaryList };
	'GET /payrolls/salariesbasicinfo': { query?: { year?: number }; response: SalariesBasicInfo };
	'GET /payrolls/laborunionsettings': {
		response: LaborUnionSettingsBasicData[];
		record: LaborUnionSettingsBasicData;
	};
	'GET /payrolls/employees': {
		query?: {
			personNumber?: string; personGroupId?: number; includeInactive?: boolean;
			salaryChannel?: SalaryChannelFilter; size?: number; page?: number; orderById?: 'ASC' | 'DESC';
		};
		response: EmployeeSearchResult;
		record: Employee;
	};
	'GET /payrolls/employees/{id}/workinghourreduction': { path: { id: number }; response: WorkingHourReduction };
	'GET /payrolls/employees/{id}/holidaypay': { path: { id: number }; response: HolidayPay };
	'PUT /payments/{transactionIdentifier}/confirm': {
		path: { transactionIdentifier: string };
		response: PaymentsConfirmationResponseModels;
	};
	'PUT /payments/{paymentId}/cancel': { path: { paymentId: number }; response: TransactionIdentifier };
	'PUT /payments/directsalarypayments/{transactionIdentifier}/confirm': {
		path: { transactionIdentifier: string };
		response: DirectSalaryPaymentsConfirmationResponseModels;
	};
	'PUT /payments/directsalarypayments/{paymentListId}/cancel': {
		path: { paymentListId: number };
		response: TransactionIdentifier;
	};
	'GET /payments': {
		query?: {
			startDate?: Day; endDate?: Day; invoiceId?: readonly number[]; previousId?: number;
			orderById?: 'ASC' | 'DESC'; size?: number; page?: number;
		};
		response: PaymentSearchResult;
		record: BasicPaymentTransactionData;
	};
	'POST /payments': { body: Body<InvoicePaymentList, 'payments'>; response: TransactionIdentifier };
	'GET /payments/directsalarypayments': {
		query?: {
			startDate?: Day; endDate?: Day; name?: string; previousId?: number; customId?: string;
			orderById?: 'ASC' | 'DESC'; size?: number; page?: number;
		};
		response: DirectSalaryPaymentGroupBaseInfoSearchResult;
		record: DirectSalaryPaymentGroupBaseInfo;
	};
	'POST /payments/directsalarypayments': {
		body: Body<DirectSalaryPayments, 'listName' | 'paymentMethod' | 'paymentDate' | 'payments'>;
		response: TransactionIdentifier;
	};
	'POST /payments/directbanktransfers': {
		body: Body<DirectBankTransferList, 'directBankTransfers'>;
		response: TransactionIdentifier;
	};
	'GET /payments/{paymentId}': { path: { paymentId: number }; response: PaymentRowInfo };
	'DELETE /payments/{paymentId}': { path: { paymentId: number }; response: TransactionIdentifier };
	'GET /payments/paymentevents': {
		query: {
			invoiceId: readonly number[]; previousId?: number; orderById?: 'ASC' | 'DESC'; size?: number;
			page?: number;
		};
		response: PaymentSearchResult;
		record: BasicPaymentTransactionData;
	};
	'GET /payments/errormessages': {
		query?: {
			createdStartDate?: Day; createdEndDate?: Day; type?: 'PAYMENT_ERROR' | 'NETS_COLLECTION_ERROR';
			status?: 'ALL' | 'UNHANDLED' | 'HANDLED'; previousId?: number; orderById?: 'ASC' | 'DESC'; size?: number;
			page?: number;
		};
		response: PaymentErrorMessageSearchResult;
		record: PaymentErrorMessage;
	};
	'GET /payments/directsalarypayments/{paymentListId}': {
		path: { paymentListId: number };
		response: DirectSalaryPaymentGroup;
	};
	'GET /ledgerreceipts/{receiptId}': { path: { receiptId: number | string }; response: LedgerReceipt };
	'PUT /ledgerreceipts/{receiptId}': {
		path: { receiptId: number };
		query?: { createReconciliation?: boolean };
		body: Body<LedgerReceipt, 'type' | 'name' | 'receiptDate' | 'vatType' | 'vatStatus' | 'transactions'>;
		response: LedgerReceipt;
	};
	'PUT /ledgerreceipts/{receiptId}/unfinished': { path: { receiptId: number }; response: InfoMessage };
	'PUT /ledgerreceipts/{receiptId}/transactions/{transactionId}/dimensions': {
		path: { receiptId: number; transactionId: number };
		body: Body<DimensionItemValueList, 'dimensionItemValues'>;
		response: LedgerReceipt;
	};
	'PUT /ledgerreceipts/{receiptId}/invalidate': { path: { receiptId: number }; response: InfoMessage };
	'PUT /ledgerreceipts/{receiptId}/approve': { path: { receiptId: number }; response: InfoMessage };
	'GET /ledgerreceipts': {
		query?: {
			startDate?: Day; endDate?: Day; createdStartDate?: DateTime; createdEndDate?: DateTime;
			versionStartDate?: DateTime; versionEndDate?: DateTime; types?: readonly LedgerReceiptTypeFilter[];
			previousId?: number; orderById?: 'ASC' | 'DESC'; orderByDate?: 'ASC' | 'DESC';
			orderByCreated?: 'ASC' | 'DESC'; orderByVersion?: 'ASC' | 'DESC'; size?: number; page?: number;
			status?: string;
		};
		response: LedgerReceiptSearchResult;
		record: LedgerReceiptBasicInfo;
	};
	'POST /ledgerreceipts': {
		query?: { createReconciliation?: boolean };
		body: Body<LedgerReceipt, 'type' | 'name' | 'receiptDate' | 'vatType' | 'vatStatus' | 'transactions'>;
		response: LedgerReceipt;
	};
	'PUT /invoices/{transactionIdentifier}/confirm': {
		path: { transactionIdentifier: string };
		response: InfoMessage;
	};
	'GET /invoices/{invoiceId}': { path: { invoiceId: number | string }; response: Invoice };
	'PUT /invoices/{invoiceId}': {
		path: { invoiceId: number };
		body: Body<Invoice,
			'type' | 'date' | 'counterParty' | 'paymentInfo' | 'extraInfo' | 'discountPercent' | 'invoiceRows' |
			'invoiceChannel'
		>;
		response: Invoice;
	};
	'PUT /invoices/{invoiceId}/verify': { path: { invoiceId: number }; body: CheckingEvent; response: InfoMessage };
	'PUT /invoices/{invoiceId}/unfinished': { path: { invoiceId: number }; response: InfoMessage };
	'PUT /invoices/{invoiceId}/send': { path: { invoiceId: number }; response: InfoMessage };
	'PUT /invoices/{invoiceId}/sendToCirculation': { path: { invoiceId: number }; response: InfoMessage };
	'PUT /invoices/{invoiceId}/reject': { path: { invoiceId: number }; body: CheckingEvent; response: InfoMessage };
	'PUT /invoices/{invoiceId}/paymentevents/markpaid': {
		path: { invoiceId: number };
		query?: { addPenalExpense?: boolean };
		body: Body<MarkInvoiceAsPaid, 'paymentDate' | 'amount' | 'currency'>;
		response: PaymentEvent;
	};
	'PUT /invoices/{invoiceId}/notes': {
		path: { invoiceId: number };
		body: Body<InvoiceNotes, 'notes'>;
		response: InfoMessage;
	};
	'PUT /invoices/{invoiceId}/invalidate': { path: { invoiceId: number }; response: InfoMessage };
	'PUT /invoices/{invoiceId}/comments/{commentId}/read': {
		path: { invoiceId: number; commentId: number };
		response: InfoMessage;
	};
	'PUT /invoices/{invoiceId}/approve': {
		path: { invoiceId: number };
		query?: { updateInventory?: boolean };
		body: CheckingEvent;
		response: InfoMessage;
	};
	'GET /invoices': {
		query?: {
			status?: readonly InvoiceStatus[]; startDate?: Day; endDate?: Day; createdStartDate?: DateTime;
			createdEndDate?: DateTime; versionStartDate?: DateTime; versionEndDate?: DateTime; dueStartDate?: Day;
			dueEndDate?: Day; types?: readonly InvoiceType[]; businessPartnerId?: number; factoringContractId?: number;
			originalInvoiceNumber?: string; invoiceNumber?: number; productId?: readonly number[]; searchTerm?: string;
			isOffer?: boolean; previousId?: number; orderById?: 'ASC' | 'DESC'; orderByDate?: 'ASC' | 'DESC';
			orderByCreated?: 'ASC' | 'DESC'; orderByVersion?: 'ASC' | 'DESC'; size?: number; page?: number;
			invoiceChannel?: readonly InvoiceChannel[];
		};
		response: InvoiceSearchResult;
		record: InvoiceBasicInfo;
	};
	'POST /invoices': {
		query?: { addCollectionPenalCosts?: boolean };
		body: Body<Invoice,
			'type' | 'date' | 'counterParty' | 'paymentInfo' | 'extraInfo' | 'discountPercent' | 'invoiceRows' |
			'invoiceChannel'
		>;
		response: Invoice;
	};
	'GET /invoices/{invoiceId}/comments': {
		path: { invoiceId: number };
		query?: { readByAllTaggedUsers?: boolean };
		response: Comments;
		record: Comment;
	};
	'POST /invoices/{invoiceId}/comments': {
		path: { invoiceId: number };
		body: Body<Comment, 'comment'>;
		response: Comment;
	};
	'GET /invoices/{invoiceId}/transactions': {
		path: { invoiceId: number };
		response: InvoiceTransactions;
		record: InvoiceTransaction;
	};
	'GET /invoices/{invoiceId}/paymentevents': {
		path: { invoiceId: number };
		query?: { previousId?: number; orderById?: 'ASC' | 'DESC'; size?: number; page?: number };
		response: PaymentEventSearchResult;
		record: PaymentEvent;
	};
	'GET /invoices/{invoiceId}/paymentevents/{paymentEventId}': {
		path: { invoiceId: number; paymentEventId: number };
		response: PaymentEvent;
	};
	'DELETE /invoices/{invoiceId}/paymentevents/{paymentEventId}': {
		path: { invoiceId: number; paymentEventId: number };
		response: TransactionIdentifier;
	};
	'GET /invoices/{invoiceId}/image': {
		path: { invoiceId: number };
		query?: { page?: number; format?: 'PNG' | 'JPG' | 'JPEG' };
		response: unknown;
	};
	'GET /invoices/{invoiceId}/comments/{commentId}': {
		path: { invoiceId: number; commentId: number };
		response: CommentWithTaggedUsers;
	};
	'GET /invoices/{invoiceId}/comments/taggableusers': {
		path: { invoiceId: number };
		response: TaggableUsers;
		record: TaggableUser;
	};
	'GET /invoices/transactions': {
		query: { invoiceIds: { repeat: readonly number[] } };
		response: InvoiceTransactionsByInvoicesDTO;
		record: InvoiceTransactionsByInvoice;
	};
	'GET /invoices/personalverifications': {
		query: { types: 'PURCHASE_INVOICE' | 'TRAVEL_INVOICE' | 'BILL_OF_CHARGES' };
		response: InvoiceIds;
		record: number;
	};
	'GET /invoices/personalapprovals': {
		query: { types: 'PURCHASE_INVOICE' | 'TRAVEL_INVOICE' | 'BILL_OF_CHARGES' };
		response: InvoiceIds;
		record: number;
	};
	'GET /integrations/{requestId}': { path: { requestId: number }; response: ApiIntegrationRequestData };
	'PUT /integrations/{requestId}': {
		path: { requestId: number };
		body: ApiIntegrationApproveRequest;
		response: ApiIntegrationApproveResult;
	};
	'GET /integrations/{integrationId}/customers': {
		path: { integrationId: string };
		response: ApiIntegrationCustomer[];
		record: ApiIntegrationCustomer;
	};
	'PUT /fiscalyears/{fiscalYearId}/trackingPeriods/{trackingPeriodId}': {
		path: { fiscalYearId: number; trackingPeriodId: number };
		body: Body<TrackingPeriod, 'status'>;
		response: InfoMessage;
	};
	'GET /fiscalyears': { response: FiscalYears; record: FiscalYear };
	'GET /dimensions/{dimensionId}': { path: { dimensionId: number }; response: Dimension };
	'PUT /dimensions/{dimensionId}': {
		path: { dimensionId: number };
		body: Body<DimensionName, 'name'>;
		response: DimensionName;
	};
	'PUT /dimensions/{dimensionId}/items': {
		path: { dimensionId: number };
		body: Body<DimensionItem, 'codeName'>;
		response: DimensionItem;
	};
	'POST /dimensions/{dimensionId}/items': {
		path: { dimensionId: number };
		body: Body<DimensionItem, 'codeName'>;
		response: DimensionItem;
	};
	'GET /dimensions': { query?: { name?: string; codeName?: string }; response: Dimension[]; record: Dimension };
	'GET /company': { response: Company };
	'PUT /company': { body: Body<Company, 'id' | 'name'>; response: InfoMessage };
	'GET /company/usagesettings': { response: CompanyUsageSettings };
	'GET /company/invoicetemplates': { response: InvoiceTemplate[]; record: InvoiceTemplate };
	'GET /company/invoicecirculation/verifierlists': { response: VerifierListBasic[]; record: VerifierListBasic };
	'GET /company/invoicecirculation/verifierlists/{id}': { path: { id: number }; response: VerifierList };
	'GET /company/invoicecirculation/settings': { response: CirculationSettings };
	'GET /company/expenses/collectionpenal/settings': { response: CollectionsAndPenalExpenses };
	'GET /company/einvoiceaddresses': { response: EInvoiceData[]; record: EInvoiceData };
	'GET /company/deliveryterms': { response: DeliveryTerms; record: string };
	'GET /businesspartners/{id}': { path: { id: number | string }; response: BusinessPartner };
	'PUT /businesspartners/{id}': {
		path: { id: number };
		body: Body<BusinessPartner, 'name' | 'type' | 'paymentInfo'>;
		response: BusinessPartner;
	};
	'PATCH /businesspartners/{id}': {
		path: { id: number };
		query?: { version?: string };
		body: Body<BusinessPartner, 'name' | 'type' | 'paymentInfo'>;
		response: Record<string, unknown>;
	};
	'GET /businesspartners/{id}/defaults/dimensions/{dimensionId}': {
		path: { id: number; dimensionId: number };
		response: DefaultDimension;
	};
	'PUT /businesspartners/{id}/defaults/dimensions/{dimensionId}': {
		path: { id: number; dimensionId: number };
		body: DefaultDimension;
		response: DefaultDimension;
	};
	'GET /businesspartners/groups/{id}': { path: { id: number }; response: BusinessPartnerGroup };
	'PUT /businesspartners/groups/{id}': {
		path: { id: number };
		body: Body<BusinessPartnerGroup, 'name' | 'type'>;
		response: BusinessPartnerGroup;
	};
	'GET /businesspartners': {
		query?: {
			identifierType?: string; customerNumber?: string; mainGroup?: string; partnerGroup?: string;
			type?: 'CUSTOMER' | 'SUPPLIER' | 'PERSON'; orderById?: 'ASC' | 'DESC'; previousId?: number;
			active?: boolean; versionStartDate?: DateTime; versionEndDate?: DateTime; size?: number; page?: number;
		};
		headers?: { name?: string; identifier?: string };
		response: BusinessPartnerSearchResult;
		record: BusinessPartnerBasicInfo;
	};
	'POST /businesspartners': {
		body: Body<BusinessPartner, 'name' | 'type' | 'paymentInfo'>;
		response: BusinessPartner;
	};
	'GET /businesspartners/groups': {
		query?: {
			name?: string; type?: 'CUSTOMER' | 'SUPPLIER' | 'PERSON'; active?: boolean; size?: number; page?: number;
		};
		response: BusinessPartnerGroupSearchResult;
		record: BusinessPartnerGroup;
	};
	'POST /businesspartners/groups': {
		body: Body<BusinessPartnerGroup, 'name' | 'type'>;
		response: BusinessPartnerGroup;
	};
	'GET /businesspartners/{id}/defaults/products': {
		path: { id: number };
		response: DefaultProduct[];
		record: DefaultProduct;
	};
	'GET /businesspartners/{id}/defaults/dimensions': {
		path: { id: number };
		response: DefaultDimensionBasicData[];
		record: DefaultDimensionBasicData;
	};
	'GET /businesspartners/{id}/defaults/accounts': { path: { id: number }; response: BusinessPartnerDefaultAccounts };
	'GET /businesspartners/personaldetails': { response: PersonalDetails };
	'PUT /bankstatements/{statementId}/events/{eventId}/products': {
		path: { statementId: number; eventId: number };
		body: number;
		response: InfoMessage;
	};
	'DELETE /bankstatements/{statementId}/events/{eventId}/products': {
		path: { statementId: number; eventId: number };
		response: void;
	};
	'PUT /bankstatements/{statementId}/events/{eventId}/metadata': {
		path: { statementId: number; eventId: number };
		body: AllocationMetadata;
		response: InfoMessage;
	};
	'DELETE /bankstatements/{statementId}/events/{eventId}/metadata': {
		path: { statementId: number; eventId: number };
		response: void;
	};
	'PUT /bankstatements/{statementId}/events/{eventId}/invoices': {
		path: { statementId: number; eventId: number };
		query?: { addPenalExpense?: boolean };
		body: number;
		response: InfoMessage;
	};
	'DELETE /bankstatements/{statementId}/events/{eventId}/invoices': {
		path: { statementId: number; eventId: number };
		response: void;
	};
	'GET /bankstatements': {
		query?: {
			startDate?: Day; endDate?: Day; previousId?: number; orderById?: 'ASC' | 'DESC';
			orderByStartDate?: 'ASC' | 'DESC'; size?: number; page?: number;
		};
		headers?: { accountNumber?: string };
		response: BankStatementsSearchResult;
		record: BankStatement;
	};
	'GET /bankaccounts/{id}': { path: { id: number }; response: CompanyBankAccount };
	'PUT /bankaccounts/{id}': {
		path: { id: number };
		body: Body<CompanyBankAccount,
			'iban' | 'currency' | 'defaultForInvoice' | 'defaultForPayment' | 'status' | 'ledgerAccount' |
			'showAccountOnInvoice' | 'allowPayments' | 'allowForeignPayments'
		>;
		response: CompanyBankAccount;
	};
	'GET /bankaccounts': {
		query?: {
			previousId?: number; orderById?: 'ASC' | 'DESC'; orderByOrderNo?: 'ASC' | 'DESC'; size?: number;
			page?: number;
		};
		response: CompanyBankAccountSearchResult;
		record: CompanyBankAccountBasicInfo;
	};
	'POST /bankaccounts': {
		body: Body<CompanyBankAccount,
			'iban' | 'currency' | 'defaultForInvoice' | 'defaultForPayment' | 'status' | 'ledgerAccount' |
			'showAccountOnInvoice' | 'allowPayments' | 'allowForeignPayments'
		>;
		response: CompanyBankAccount;
	};
	'GET /se/factoringcontracts': { response: BasicFactoringContract };
	'POST /se/factoringcontracts': {
		body: Body<BasicFactoringContract, 'financingCompanyName' | 'financingCompanyBankAccount' | 'contractNumber'>;
		response: BasicFactoringContract;
	};
	'POST /reports/ledgeraccounts': {
		body: Body<LedgerAccountsReportRequest, 'endDate'>;
		response: LedgerAccountsReportResponse;
	};
	'POST /reports/generalledger/{id}': {
		path: { id: number };
		body: Body<GeneralLedgerReportRequest, 'endDate'>;
		response: GeneralLedgerReportResponse;
	};
	'POST /reports/accounting': {
		body: Body<AccountingReportRequest, 'endDate' | 'type'>;
		response: AccountingReportResponse;
	};
	'GET /factoringcontracts': {
		query?: { financingCompanyId?: string; size?: number; page?: number };
		response: FactoringContractSearchResult;
		record: FactoringContract;
	};
	'POST /factoringcontracts': {
		body: Body<FactoringContract, 'financingCompany' | 'financingCompanyBankAccount' | 'contractNumber' | 'status'>;
		response: FactoringContract;
	};
	'GET /attachments': {
		query?: {
			createdStartDate?: Day; createdEndDate?: Day; minSize?: number; maxSize?: number; name?: string;
			type?: readonly AttachmentTypeFilter[]; referenceId?: number; orderById?: 'ASC' | 'DESC';
			orderByCreatedDate?: 'ASC' | 'DESC'; orderByName?: 'ASC' | 'DESC'; orderBySize?: 'ASC' | 'DESC';
			size?: number; page?: number; previousId?: number;
		};
		headers?: { username?: string };
		response: AttachmentSearchResult;
		record: Document;
	};
	'POST /attachments': { body: FormData; response: Attachment };
	'GET /attachments/{attachmentId}': { path: { attachmentId: number }; response: unknown };
	'DELETE /attachments/{attachmentId}': { path: { attachmentId: number }; response: void };
	'PATCH /attachments/{attachmentId}': {
		path: { attachmentId: number };
		query?: { name?: string };
		body: Body<AttachmentRename, 'name'>;
		response: Attachment;
	};
	'GET /vats/settings': { response: VatSettings };
	'GET /vats/default': { response: VatInformation };
	'GET /vats/country': { query: { countryCode: string }; response: VatPercentages; record: number };
	'GET /status': { response: Status };
	'GET /sie/file': { query: { accountingPeriodStart: Day; exportEndDate: Day }; response: unknown };
	'GET /sie/availability': { response: SieAvailabilityResponse };
	'GET /sessioninfo': { response: SessionInfo };
	'GET /mfatransactionresult/{transactionIdentifier}': {
		path: { transactionIdentifier: string };
		response: MfaTransactionResult;
	};
	'GET /journals': {
		query?: {
			statuses?: ReadonlyArray<'UNFINISHED' | 'APPROVED' | 'INVALIDATED'>; startDate?: Day; endDate?: Day;
			createdStartDate?: DateTime; createdEndDate?: DateTime; versionStartDate?: DateTime;
			versionEndDate?: DateTime;
		};
		response: Journal[];
		record: Journal;
	};
	'GET /currencies': { response: Currencies; record: string };
	'GET /currencies/latest': { query?: { rateType?: number }; response: CurrencyGroupRates };
	'GET /currencies/exchangerate': {
		query: { baseCurrency: string; currency: string; day: Day; rateType: ExchangeRateType };
		response: CurrencyExchangeRate;
	};
	'GET /currencies/company': { response: CompanyCurrency };
	'GET /coa': { response: LedgerAccounts; record: LedgerAccount };
}

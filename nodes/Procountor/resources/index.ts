import type { Resource } from '../operation/types';
import { company } from './company';
import { invoice } from './invoice';
import { ledgerReceipt } from './ledgerReceipt';

/** Everything that the node can do, one entry a resource. */
export const resources: Resource[] = [company, invoice, ledgerReceipt];

import { details, list, receipts } from './lists';
import { lookUp } from './lookUp';
import type { Case } from './types';

export const cases: Case[] = [list, details, receipts, lookUp];

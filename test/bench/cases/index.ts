import { creates } from './creates';
import { files } from './files';
import { details, list, receipts } from './lists';
import { lookUp } from './lookUp';
import { backlog } from './trigger';
import type { Case } from './types';

export const cases: Case[] = [list, details, receipts, lookUp, creates, files, backlog];

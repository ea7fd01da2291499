import { ChainPath } from './chain-path.js';
import { ErrorGate } from './error-gate.js';

export const figures = { 'chain-path': ChainPath, 'error-gate': ErrorGate };

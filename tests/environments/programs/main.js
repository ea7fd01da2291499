import { carryOut, carryOutSafely } from './carry-out.js';

Object.assign(globalThis, { carryOut, carryOutSafely });

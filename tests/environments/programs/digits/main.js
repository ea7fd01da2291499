import { trainOnDigits } from './train-on-digits.js';

Object.assign(globalThis, { carryOut: trainOnDigits });

import { AnswerErrors } from './answer-errors.js';
import { OuterProduct } from './outer-product.js';

export const figures = { 'answer-errors': AnswerErrors, 'outer-product': OuterProduct };

import type { ChapterName } from '../../glossary/course.js';

interface Needs {
  readonly needs: string;
  readonly gives: string;
}

/** For teachers: what a pupil must know before a chapter, and knows after it. */
export const NEEDS: Readonly<Record<ChapterName, Needs>> = {
  'one-unit': { needs: 'plus and times', gives: 'weight, bias, weighted sum; what “learning” means' },
  pixels: { needs: 'coordinates', gives: 'a picture as a column X of 784 numbers from 0 to 1' },
  'weighted-sum': { needs: 'chapters 1 and 2', gives: 'z as a sum of products, one for each pixel; Z = W X' },
  'bias-and-relu': {
    needs: 'straight lines',
    gives: 'what a bias moves; why layers need a bend between them',
  },
  softmax: { needs: 'powers: eˣ', gives: 'ten scores become ten probabilities' },
  loss: { needs: 'the logarithm, from its curve', gives: 'cross-entropy as a price for a wrong answer' },
  downhill: { needs: 'the slope of a curve', gives: 'gradient and learning rate, for one weight' },
  'output-error': { needs: 'chapters 5 to 7', gives: 'dZ² = A² − Y; dW² as an outer product' },
  'sending-back': {
    needs: 'chapter 8; the chain rule helps',
    gives: 'dZ¹ = W²ᵀ dZ² ⊙ ReLU′(Z¹), factor by factor',
  },
  update: { needs: 'chapters 7 to 9', gives: 'W := W − α dW, 500 times on 59,000 digits' },
  'know-or-remember': { needs: 'percentages', gives: 'training, dev and test; overfitting' },
  notebook: { needs: 'a little Python', gives: 'the whole network in code, and five common mistakes' },
  exercise: { needs: 'a little JavaScript or Python', gives: 'a backward pass of one’s own, marked' },
  further: { needs: 'chapter 10', gives: 'deeper, wider, mini-batches, momentum, augmentation' },
};

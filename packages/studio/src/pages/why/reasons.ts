import type { ExperimentName } from '../../computations/experiment.js';

/** Why each experiment ends as it does. True of every run. */
export const REASONS: Readonly<Record<ExperimentName, string>> = {
  'no-bias':
    'Without a bias, a unit’s weighted sum is 0 whenever its inputs are 0, whatever it has learned: the border between yes and no always goes through the origin. Every digit has ink, and a weight on a pixel that nearly every digit covers can do the work of a bias. So the accuracy hardly changes, but the blank picture shows the difference at once.',
  'no-relu':
    'W²(W¹X + b¹) + b² = (W²W¹)X + (W²b¹ + b²): any number of layers with nothing between them equals one layer. One layer is a good start and learns quickly, so with a thousand digits it may even be ahead. But it can never do more, however many layers you add and however long they learn.',
  'no-softmax':
    'Leave softmax out of the code, and no other line changes: dZ = A − Y is then the gradient of the squared error ½Σ(a − y)². So the right network learns by least squares, a method with its own uses. But nothing keeps its answers between 0 and 1, and weighted sums that start far from 0 and 1 make the first steps too long. Both curves show the squared error, because cross-entropy is not defined for a negative answer. The left network still learns by cross-entropy.',
  'zero-start':
    'Units that start equal get the same gradient, so they stay equal to the last bit: ten units do the work of one. With zeros it is worse. Every hidden z is 0, where ReLU gives 0 and its slope counts as 0. So dW¹ and db¹ are 0, and dW² is 0 because A¹ is 0. Only b² learns: it learns how common each digit is.',
  'large-alpha':
    'The gradient says which way is down, but not for how far. Beyond the bottom of the valley the loss rises again, and a step that is too large lands higher up on the other side. Such a jump can also push a hidden unit so far that its z is negative for every digit. There ReLU is flat: no gradient comes back, and the unit is dead for good.',
  'raw-pixels':
    'With pixels from 0 to 255, dW¹ is about 255 times as large, and a step in W¹ changes Z¹ 255 times as much again. So the same α changes the sums about 65,000 times as much. One or two updates can push all hidden units below 0 for every digit. There ReLU gives them no gradient, and they never come back.',
  'summed-db':
    'A bias has one value per unit, and its gradient is the sum over the examples of its own row of dZ. If you sum over everything, each column of A² − Y adds up to 1 − 1 = 0, so the output biases never learn, and all hidden biases get the same number. The weights make up for most of it. The accuracy hardly shows the mistake, but a gradient check finds it at once.',
};

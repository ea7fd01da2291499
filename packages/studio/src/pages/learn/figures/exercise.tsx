import { ExerciseCard } from './exercise-card.js';
import { FindTheMistake } from './find-the-mistake.js';

export const figures = { 'marked-exercise': ExerciseCard, 'find-the-mistake': FindTheMistake };

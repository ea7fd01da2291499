import type { FrameSteps } from '@longhand/core/pictures';
import type { ComponentChildren } from 'preact';
import { changeQuery } from '../../state/location.js';
import { steps } from './drawing-state.js';

interface StageProps {
  readonly number: number;
  readonly name: string;
  readonly detail: string;
  /** The step of framing, if a switch can turn it off. */
  readonly step?: keyof FrameSteps;
  readonly children: ComponentChildren;
}

export function Stage({ number, name, detail, step, children }: StageProps) {
  const on = step === undefined || steps.value[step];
  const title = (
    <>
      <span class="pen red">{number}</span> {name}
    </>
  );
  return (
    <li class={on ? 'stage' : 'stage off'}>
      <div class="view">{children}</div>
      {step ? (
        <label class="title">
          <input type="checkbox" checked={on} onChange={() => toggle(step)} />
          <span>{title}</span>
        </label>
      ) : (
        <p class="title">
          <span>{title}</span>
        </p>
      )}
      <p class="detail">{detail}</p>
    </li>
  );
}

/** Switches a step off or on. The address contains those that are off. */
function toggle(step: keyof FrameSteps): void {
  const next = { ...steps.peek(), [step]: !steps.peek()[step] };
  steps.value = next;
  const off = (Object.keys(next) as (keyof FrameSteps)[]).filter((name) => !next[name]);
  changeQuery({ without: off.length > 0 ? off.join(',') : undefined });
}

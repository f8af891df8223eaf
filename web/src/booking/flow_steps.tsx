import { Icon } from "../controls/icon";

const names = ["Items", "Schedule", "Review", "Staff review", "Payment"];

interface FlowStepsProps {
  /** From 1; one more than there are once all is done. */
  current: number;
  /** The addresses of the steps that can be gone back to, the first one first. */
  paths?: readonly string[];
}

type State = "done" | "current" | "ahead";

/** Shows how far a customer has come, from choosing items to having paid. */
export function FlowSteps({ current, paths = [] }: FlowStepsProps) {
  const stateOf = (index: number): State => (index + 1 < current ? "done" : index + 1 === current ? "current" : "ahead");
  const back = paths[current - 2];
  return (
    <nav class="flow-steps" aria-label="Steps of your booking">
      <div class="flow-now">
        {back && (
          <a class="icon-button" href={back} aria-label={`Back to ${names[current - 2]?.toLowerCase()}`}>
            <Icon name="previous" />
          </a>
        )}
        <p>
          {current > names.length ? (
            // These are the steps of booking; the progress below shows those of storage.
            <strong>Booked and paid</strong>
          ) : (
            <>
              Step {current} of {names.length}: <strong>{names[current - 1]}</strong>
            </>
          )}
        </p>
        <span class="flow-segments" aria-hidden="true">
          {names.map((name, index) => (
            <span key={name} class={`flow-${stateOf(index)}`} />
          ))}
        </span>
      </div>
      <ol>
        {names.map((name, index) => (
          <FlowStep key={name} name={name} number={index + 1} state={stateOf(index)} path={paths[index]} />
        ))}
      </ol>
    </nav>
  );
}

interface FlowStepProps {
  name: string;
  number: number;
  state: State;
  path: string | undefined;
}

function FlowStep({ name, number, state, path }: FlowStepProps) {
  const words = (
    <>
      <span class="flow-mark" aria-hidden="true">
        {state === "done" ? <Icon name="check" /> : number}
      </span>
      {name}
      {state === "done" && <span class="visually-hidden">, done</span>}
    </>
  );
  return (
    <li class={`flow-${state}`} aria-current={state === "current" ? "step" : undefined}>
      {state === "done" && path ? <a href={path}>{words}</a> : <span>{words}</span>}
    </li>
  );
}

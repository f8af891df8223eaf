import type { WholeResidence } from "../../api/residence";
import { phoneHref } from "../../lib/business";
import { counted } from "../../lib/count";
import { gettingInWords } from "./residence_groups";

/** The residence of the stops that follow, with how to get in. */
export function ResidenceNote({ id, residence, stops }: { id: string; residence: WholeResidence; stops: number }) {
  const { name, caretaker_phone } = residence;
  const words = gettingInWords(residence);
  return (
    <div class="residence-note">
      <h3 id={id}>
        {name}, {counted(stops, "stop")}
      </h3>
      {words && <p>{words}</p>}
      {caretaker_phone && (
        <p>
          Caretaker: <a href={phoneHref(caretaker_phone)}>{caretaker_phone}</a>
        </p>
      )}
    </div>
  );
}

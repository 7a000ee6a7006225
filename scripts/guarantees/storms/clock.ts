import type { Field } from "../field";
import { EARLY_AFTERNOON, liveWhereItIs } from "./hours";
import { pause, waitUntil } from "./pause";
import { enqueue, entriesOf, type Queued } from "./queue";
import type { Storm } from "./storms";

const RECIPIENT = "+12025550184";
const CLOSED_FOR_MS = 1500;
const LATE_AFTER_MS = 60_000;

/**
 * F20. One of two workers has a wrong clock. A reminder waits outside the hours for it, which the wrong clock takes for
 * decent ones; it goes out only when they are.
 */
export const wrongClock: Storm = {
  during: async (field) => {
    const { database, faults } = field;
    const wrong = faults.clocks[1] ?? 0;
    // The hour before opening is open to a clock that is fast, the one after closing to a clock that is slow.
    await liveWhereItIs(field, wrong > 0 ? 8 : 20);
    const [reminder] = await enqueue(field, [{ to: RECIPIENT, text: "your visit is tomorrow", sendClass: "reminder" }]);
    if (!reminder) throw new Error("no reminder was written");
    await pause(CLOSED_FOR_MS);
    const problems = isSent(field, reminder) ? [`I9: a reminder left in quiet hours, the clock ${wrong} h wrong`] : [];
    await liveWhereItIs(field, EARLY_AFTERNOON);
    await database.query("update outbox set due_at = now() where id = $1", [reminder.outboxId]);
    const isLate = !(await waitUntil(() => isSent(field, reminder), LATE_AFTER_MS));
    return isLate ? [...problems, "a reminder never left in decent hours"] : problems;
  },
};

const isSent = ({ ledger }: Field, reminder: Queued) => entriesOf(ledger(), "request", reminder).length > 0;

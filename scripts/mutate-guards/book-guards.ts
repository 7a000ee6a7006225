import type { Guard } from "./guard";

const HOLD_TEST = "lib/scheduling/hold.db.test.ts";
const BUSY_TEST = "lib/scheduling/external-busy.db.test.ts";

/** What keeps the book right where no constraint can: the end of holds, and locks with a second look. */
export const BOOK_GUARDS: readonly Guard[] = [
  {
    name: "end of holds in what is read",
    file: "lib/scheduling/book-statements.ts",
    find: `a.status = 'held' and a.hold_expires_at <= \${given("now")}))`,
    replace: "false))",
    test: { file: HOLD_TEST, name: "a held slot is nobody else's until its time is over" },
  },
  {
    name: "end of holds before a slot is taken",
    file: "lib/scheduling/occupy.ts",
    find: "a.status = 'held' and a.hold_expires_at <= ${ctx.now()}",
    replace: "a.status = 'held' and false",
    test: { file: HOLD_TEST, name: "a held slot is nobody else's until its time is over" },
  },
  {
    name: "lock of who enters busy time",
    file: "lib/scheduling/replace-external-busy.ts",
    find: `.for("update")`,
    replace: "",
    test: { file: BUSY_TEST, name: "who enters busy time while a visit is being booked hears of it" },
  },
  {
    name: "lock of who books, on hours and busy time",
    file: "lib/scheduling/book-statements.ts",
    find: "order by v.id for share of v`",
    replace: "order by v.id`",
    test: { file: BUSY_TEST, name: "who books while busy time is being entered is refused when both commit" },
  },
  {
    name: "second look at busy time",
    file: "lib/scheduling/read-book.ts",
    find: " && now.elsewhere === book.elsewhere",
    replace: "",
    test: { file: BUSY_TEST, name: "who books while busy time is being entered is refused when both commit" },
  },
  {
    name: "busy time when a hold is confirmed",
    file: "lib/scheduling/confirm-hold.ts",
    find: `if (await isTakenElsewhere(tx, ctx, hold.id)) return err("SLOT_TAKEN");`,
    replace: "",
    test: { file: BUSY_TEST, name: "a hold over time that is taken elsewhere since is not booked" },
  },
  {
    name: "lock of a daily cap",
    file: "lib/scheduling/daily-caps.ts",
    find: "select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest",
    replace: "select hashtextextended(key, 0) from unnest",
    test: {
      file: "lib/scheduling/daily-caps.db.test.ts",
      name: "of 64 rivals for a day that takes 10 exactly 10 are booked",
    },
  },
  {
    name: "lock of a visit's step",
    file: "lib/scheduling/lock-visit.ts",
    find: `.for("update")`,
    replace: "",
    test: {
      file: "lib/scheduling/race.db.test.ts",
      name: "the same step taken twice at once is one change",
    },
  },
];

/** Words for what a last step of a path does, where they are more than the step itself. */
const ACTS: Record<string, string> = {
  "check-in": "Note that the patient has arrived",
  "no-show": "Note that the patient did not come",
  "hand-back": "Hand back to the bot",
  "take-over": "Take over from the bot",
  bulk: "Act on many at once",
  import: "Import from CSV; a dry run unless told otherwise",
  export: "Export as CSV",
  undo: "Take the last step back",
  health: "Tell how the system is",
  now: "Tell the server's time",
};
const DONE_BY = { GET: "Read", POST: "Add to", PUT: "Replace", PATCH: "Change", DELETE: "Remove" } as const;

const one = (noun: string) => noun.replace(/ies$/, "y").replace(/(?<=[^s])s$/, "");
const words = (step: string) => step.replaceAll("-", " ");

/** One line for an operation, from its method and path: "Cancel: one of appointments", "List patients". */
export function summaryOf(method: keyof typeof DONE_BY, path: string): string {
  const steps = path.split("/").filter((step) => step !== "" && step !== "api" && step !== "clinic");
  const named = steps.filter((step) => !step.startsWith("{"));
  const last = steps.at(-1) ?? "";
  const noun = words(named.at(-1) ?? "");
  if (last.startsWith("{")) return `${DONE_BY[method]} one of ${noun}`;
  const parent = steps.at(-2);
  const isAct = parent === "{id}" && method !== "GET";
  if (ACTS[last]) return ACTS[last];
  if (isAct) return `${sentence(noun)}: one of ${words(named.at(-2) ?? "")}`;
  if (method === "GET") return noun.endsWith("s") ? `List ${noun}` : `Read ${noun}`;
  if (method === "POST" && noun.endsWith("s")) return `Add one of ${noun}`;
  return `${DONE_BY[method]} ${one(noun)}`;
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * The grid calls itself a table, whose cells hold no visits: readers would find an empty one. It is a group of buttons
 * here, in the order of the columns, and the list beside it is the table. Answers what ends the watch.
 */
export function plainRoles(host: HTMLElement, label: string): () => void {
  host.setAttribute("role", "group");
  host.setAttribute("aria-label", label);
  strip(host);
  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof HTMLElement) strip(node);
  });
  observer.observe(host, { childList: true, subtree: true });
  return () => observer.disconnect();
}

const TABLE = "[role=table], [role=rowgroup], [role=row], [role=cell], [role=columnheader]";

function strip(root: HTMLElement) {
  for (const part of [root, ...root.querySelectorAll<HTMLElement>(TABLE)])
    if (part.matches(TABLE)) for (const name of ["role", "aria-colindex", "aria-colspan"]) part.removeAttribute(name);
  for (const aside of root.querySelectorAll("aside, header")) aside.setAttribute("role", "presentation");
}

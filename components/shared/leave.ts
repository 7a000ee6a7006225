/**
 * Leaves by loading the page anew: after another person or clinic has been entered, nothing that this page remembers
 * may be shown.
 */
export const leaveTo = (path: string): void => location.assign(new URL(path, location.origin));

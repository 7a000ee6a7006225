/** The same server and user, another database. */
export function onDatabase(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = `/${database}`;
  return url.toString();
}

/** The application role's address of the same database; a password only where the server asks for one. */
export function appUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = "chairside_app";
  url.password = url.password ? "chairside-test" : "";
  return url.toString();
}

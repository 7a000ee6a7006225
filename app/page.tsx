import { redirect } from "next/navigation";
import { pageUser } from "@/lib/http/page";
import { startPageOf } from "@/lib/identity/describe-me";

/** Everybody's way in: to the log-in, or to where they work. */
export default async function StartPage() {
  redirect(startPageOf(await pageUser()));
}

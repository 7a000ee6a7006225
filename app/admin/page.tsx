import { redirect } from "next/navigation";
import { env } from "@/lib/core/env";

/** Where bookmarks of the system before this one lead: the one clinic of a one-clinic deployment, else HQ. */
export default function AdminPage() {
  const slug = env().DEFAULT_CLINIC_SLUG;
  redirect(slug ? `/c/${slug}/dashboard` : "/hq/clinics");
}

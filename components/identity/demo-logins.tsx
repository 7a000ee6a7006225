"use client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

const PASSWORD = "chairside-demo";
const PEOPLE = [
  ["owner", "owner@demo-dental.test"],
  ["admin", "admin@demo-dental.test"],
  ["staff", "staff@demo-dental.test"],
  ["viewer", "viewer@demo-dental.test"],
  ["dentist", "dentist@demo-dental.test"],
  ["north", "owner@north-dental.test"],
  ["group", "group@chairside.test"],
  ["ops", "ops@chairside.test"],
  ["super", "super@chairside.test"],
] as const;

interface DemoLoginsProps {
  isBusy: boolean;
  onChoose: (given: { email: string; password: string }) => void;
}

/** The seeded people of a demo, one click each. Production mode never shows this. */
export function DemoLogins({ isBusy, onChoose }: DemoLoginsProps) {
  const t = useTranslations("auth.demo");
  return (
    <section aria-labelledby="demo-logins" className="mt-8 border-t pt-6">
      <h2 id="demo-logins" className="text-sm font-medium">
        {t("title")}
      </h2>
      <p className="mb-3 text-sm text-muted-foreground">{t("text")}</p>
      <ul className="flex flex-wrap gap-2">
        {PEOPLE.map(([person, email]) => (
          <li key={person}>
            <Button title={email} disabled={isBusy} onClick={() => onChoose({ email, password: PASSWORD })}>
              {t(person)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

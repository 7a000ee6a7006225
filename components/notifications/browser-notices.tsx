"use client";
import { useTranslations } from "next-intl";
import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { Switch } from "@/components/ui/switch";
import { useSound } from "./interrupt";

const noSubscription = () => () => undefined;
const permissionNow = () => ("Notification" in window ? Notification.permission : "unsupported");

/** What this browser does when something can't wait: a sound, and a notice while the tab is out of sight. */
export function BrowserNotices() {
  const t = useTranslations("notifications.browser");
  const [hasSound, setSound] = useSound();
  const [, setAsked] = useState(0);
  const permission = useSyncExternalStore(noSubscription, permissionNow, () => "default");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <div className="space-y-3 p-4 pt-3">
        <div className="flex items-center justify-between gap-4">
          <Label htmlFor="notification-sound">{t("sound")}</Label>
          <Switch id="notification-sound" checked={hasSound} onCheckedChange={setSound} />
        </div>
        <div className="flex min-h-8 items-center justify-between gap-4 text-sm">
          <span>{t("notices")}</span>
          {permission === "default" ? (
            <Button
              size="sm"
              variant="outline"
              onClick={() => void Notification.requestPermission().then(() => setAsked((n) => n + 1))}
            >
              {t("allow")}
            </Button>
          ) : (
            <span className="text-muted-foreground">{t(permission === "granted" ? "allowed" : "blocked")}</span>
          )}
        </div>
      </div>
    </Card>
  );
}

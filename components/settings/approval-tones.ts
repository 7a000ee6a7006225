import type { Tone } from "@/components/ui/badge";
import type { Template } from "./template-queries";

export const APPROVAL_TONES: Record<Template["approval"], Tone> = {
  draft: "neutral",
  pending: "info",
  approved: "success",
  rejected: "danger",
  paused: "warning",
  disabled: "danger",
};

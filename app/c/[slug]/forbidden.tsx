import { DeniedState } from "@/components/shared/error-state";

export default function Forbidden() {
  return <DeniedState className="h-full" />;
}

export { POST } from "@/app/api/webhooks/sms/status/route";

import { CLINIC_NUMBER } from "./patients";
import { setStage } from "./stage";

/** The program that writes the clinic under fire and tells its starter who is in it. */
const cast = await setStage(CLINIC_NUMBER);
process.send?.(cast, () => process.disconnect());

/// <reference lib="webworker" />
import { compute } from "./computing.ts";

self.onmessage = ({ data: iterations }: MessageEvent<number>) => {
  self.postMessage(compute(iterations));
};

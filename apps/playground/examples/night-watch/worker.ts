import { Mailbox, print, sleep } from "lunatic";

/** Works until its luck runs out. A process that fails takes nobody with it but those that are linked with it. */
export function worker(post: i32, _mailbox: Mailbox<i32>): void {
  let steps = 0;
  while (true) {
    sleep(200 + <u64>(Math.random() * 800));
    steps++;
    print(`post ${post}: step ${steps}`);
    assert(Math.random() > 0.2, `the lamp at post ${post} went out`);
  }
}

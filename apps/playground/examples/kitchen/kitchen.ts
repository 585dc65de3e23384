import { Strategy, Supervisor, print, sleep } from "lunatic";

@process
export class Cook {
  private dishes: i32 = 0;

  constructor(private place: string) {
    print(`${place}: a cook comes in`);
  }

  @message
  cook(table: i32): void {
    sleep(200);
    this.dishes++;
    print(`${this.place}: dish ${this.dishes} is for table ${table}`);
    // Let it crash: no code here repairs anything.
    assert(Math.random() > 0.12, `the cook at the ${this.place} has burned himself`);
  }
}

@supervisor
export class Kitchen extends Supervisor {
  @child grill: CookChild = Cook.child("grill").named("grill");
  @child oven: CookChild = Cook.child("oven").named("oven");
  @child bar: CookChild = Cook.child("bar").named("bar");

  @init
  begin(): void {
    // Try Strategy.OneForAll: when one dies, all are replaced.
    this.strategy = Strategy.OneForOne;
    this.limitRestarts(1000, 5000);
  }
}

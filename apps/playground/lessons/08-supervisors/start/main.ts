import { Strategy, Supervisor, panic, print, sleep } from "lunatic";

@process
class Cook {
  constructor() {
    print("a cook starts");
  }

  @message
  cook(dish: string): void {
    if (dish == "stone soup") panic("nobody can cook this");
    print(`here is your ${dish}`);
  }
}

@process
class Waiter {
  constructor() {
    print("a waiter starts");
  }

  @message
  serve(): void {
    print("the waiter serves");
  }
}

@supervisor
class Restaurant extends Supervisor {
  @child cook: CookChild = Cook.child().named("cook");
  @child waiter: WaiterChild = Waiter.child().named("waiter");

  @init
  begin(): void {
    this.strategy = Strategy.OneForOne;
  }
}

export function main(): void {
  const restaurant = Restaurant.start();
  for (let order = 1; order <= 5 && restaurant.isAlive; order++) {
    Cook.lookup("cook")!.cook("stone soup");
    sleep(400);
  }
  print(restaurant.isAlive ? "the restaurant is open" : "the restaurant is closed");
}

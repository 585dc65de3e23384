//! A supervisor whose child crashes and comes back.
//!
//! The child is not written to survive bad orders. It crashes, the supervisor
//! notices and starts a fresh one under the same name: "let it crash".

use std::time::Duration;

use lunatic::ap::{AbstractProcess, Config, ProcessRef};
use lunatic::supervisor::{Supervisor, SupervisorConfig, SupervisorStrategy};
use lunatic::{abstract_process, sleep, Mailbox};

struct Kitchen {
    meals: u32,
}

#[abstract_process]
impl Kitchen {
    #[init]
    fn init(_: Config<Self>, _: ()) -> Result<Self, ()> {
        Ok(Kitchen { meals: 0 })
    }

    #[handle_request]
    fn cook(&mut self, meal: String) -> u32 {
        self.meals += 1;
        println!("kitchen: {meal} is ready");
        self.meals
    }

    #[handle_message]
    fn burn(&self, meal: String) {
        panic!("the {meal} is on fire");
    }
}

struct Restaurant;

impl Supervisor for Restaurant {
    type Arg = ();
    type Children = (Kitchen,);

    fn init(config: &mut SupervisorConfig<Self>, _: ()) {
        // If a child fails, restart this one and leave its siblings alone.
        config.set_strategy(SupervisorStrategy::OneForOne);
        config.set_args(((),));
        config.set_names((Some("kitchen".to_string()),));
    }
}

/// Waits until another process than `old` goes by the name "kitchen".
fn next_kitchen(old: ProcessRef<Kitchen>) -> ProcessRef<Kitchen> {
    loop {
        match ProcessRef::<Kitchen>::lookup("kitchen") {
            Some(kitchen) if kitchen != old => return kitchen,
            _ => sleep(Duration::from_millis(10)),
        }
    }
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let restaurant = Restaurant::link().start(()).unwrap();
    let mut kitchen = ProcessRef::<Kitchen>::lookup("kitchen").unwrap();

    for meal in ["omelette", "steak", "flambé"] {
        kitchen.cook("soup".to_string());
        let meals = kitchen.cook("salad".to_string());
        println!("process {} has made {meals} meals", kitchen.id());

        kitchen.burn(meal.to_string());
        kitchen = next_kitchen(kitchen);
        println!("the {meal} burned; process {} took over", kitchen.id());
    }

    // Shutting a supervisor down shuts its children down first.
    restaurant.shutdown();
    println!("kitchen alive: {}", kitchen.is_alive());
}

#[cfg(test)]
#[path = "../../tests/guests/supervisor.rs"]
mod tests;

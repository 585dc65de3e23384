use super::*;

fn open() -> (ProcessRef<Restaurant>, ProcessRef<Kitchen>) {
    let restaurant = Restaurant::link().start(()).unwrap();
    (
        restaurant,
        ProcessRef::<Kitchen>::lookup("kitchen").unwrap(),
    )
}

#[lunatic::test]
fn a_kitchen_counts_its_meals() {
    let (_restaurant, kitchen) = open();
    assert_eq!(kitchen.cook("soup".to_string()), 1);
    assert_eq!(kitchen.cook("salad".to_string()), 2);
}

#[lunatic::test]
fn a_burned_kitchen_is_replaced_by_a_clean_one() {
    let (_restaurant, burned) = open();
    burned.cook("soup".to_string());
    burned.burn("steak".to_string());
    let kitchen = next_kitchen(burned);
    assert!(!burned.is_alive());
    assert_eq!(kitchen.cook("soup".to_string()), 1);
}

#[lunatic::test]
fn a_kitchen_may_burn_again_and_again() {
    let (_restaurant, mut kitchen) = open();
    for _ in 0..5 {
        kitchen.burn("omelette".to_string());
        kitchen = next_kitchen(kitchen);
    }
    assert_eq!(kitchen.cook("soup".to_string()), 1);
}

#[lunatic::test]
fn a_closed_restaurant_has_no_kitchen() {
    let (restaurant, kitchen) = open();
    restaurant.shutdown();
    assert!(!kitchen.is_alive());
}

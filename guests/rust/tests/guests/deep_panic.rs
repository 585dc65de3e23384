use super::*;

#[lunatic::test]
fn everybody_sits_where_there_are_chairs_enough() {
    assert_eq!(dinner_party(5), 5);
}

#[lunatic::test]
#[should_panic(expected = "no chair for Hedy")]
fn the_fourth_guest_of_three_chairs_ends_the_party() {
    dinner_party(3);
}

#[lunatic::test]
fn guests_sit_down_in_their_order() {
    let mut seated = Vec::new();
    welcome(&["Ada", "Grace"], &mut |guest| {
        seated.push(guest.to_string())
    });
    assert_eq!(seated, ["Ada", "Grace"]);
}

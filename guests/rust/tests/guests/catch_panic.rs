use super::*;

#[lunatic::test]
fn a_quotient_passes_through_a_catch() {
    assert_eq!(catch_panic(|| divide(20, 4)), Ok(5));
}

#[lunatic::test]
fn a_caught_panic_leaves_the_process_alive() {
    assert!(catch_panic(|| divide(20, 0)).is_err());
    assert_eq!(divide(20, 5), 4);
}

#[lunatic::test]
#[should_panic(expected = "20 cannot be divided by zero")]
fn a_panic_that_nobody_catches_ends_the_process() {
    divide(20, 0);
}

#[lunatic::test]
fn a_process_may_refuse_to_start() {
    assert!(Fussy::start("tea".to_string()).is_ok());
    assert!(matches!(
        Fussy::start("coffee".to_string()),
        Err(StartupError::Custom(reason)) if reason == "coffee is not tea"
    ));
}

#[lunatic::test]
fn a_panic_at_the_start_is_told_to_who_started_it() {
    let outcome = Fussy::start("gravel".to_string());
    assert!(matches!(outcome, Err(StartupError::InitPanicked)));
}

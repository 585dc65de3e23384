use super::*;

#[lunatic::test]
fn starts_where_it_is_told() {
    let counter = Counter::link().start(10).unwrap();
    assert_eq!(counter.value(), 10);
}

#[lunatic::test]
fn adds_what_came_before_a_question() {
    let counter = Counter::link().start(0).unwrap();
    (1..=100).for_each(|amount| counter.add(amount));
    assert_eq!(counter.value(), 5_050);
}

#[lunatic::test]
fn serves_many_clients_at_once() {
    let counter = Counter::link().start(0).unwrap();
    let clients = [(); 8].map(|_| {
        spawn_link!(@task |counter| {
            (0..50).for_each(|_| counter.add(1));
            counter.value()
        })
    });
    for client in clients {
        assert!(client.result() >= 50);
    }
    assert_eq!(counter.value(), 400);
}

#[lunatic::test]
fn is_gone_after_a_shutdown() {
    let counter = Counter::link().start(3).unwrap();
    counter.shutdown();
    assert!(!counter.is_alive());
}

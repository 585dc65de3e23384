use super::*;

#[lunatic::test]
fn whoever_knows_the_name_finds_the_process() {
    Dictionary::link().start_as(&"dictionary", ()).unwrap();
    let latin = spawn_link!(@task || {
        let dictionary = ProcessRef::<Dictionary>::lookup("dictionary").unwrap();
        dictionary.translate("moon".to_string())
    });
    assert_eq!(latin.result().as_deref(), Some("luna"));
}

#[lunatic::test]
fn a_type_is_a_name_as_well(mailbox: Mailbox<String>) {
    mailbox.this().register(&Announcer);
    spawn_link!(|| {
        Process::<String>::lookup(&Announcer)
            .unwrap()
            .send("found you".to_string());
    });
    assert_eq!(mailbox.receive(), "found you");
}

#[lunatic::test]
fn a_name_belongs_to_one_process() {
    Dictionary::link().start_as(&"dictionary", ()).unwrap();
    assert!(Dictionary::start_as(&"dictionary", ()).is_err());
}

#[lunatic::test]
fn a_name_outlives_its_process() {
    let first = Dictionary::link().start_as(&"dictionary", ()).unwrap();
    first.shutdown();
    assert!(!first.is_alive());
    assert!(Dictionary::start_as(&"dictionary", ()).is_err());
}

#[lunatic::test]
fn nobody_answers_to_an_unknown_name() {
    assert!(ProcessRef::<Dictionary>::lookup("atlas").is_none());
}

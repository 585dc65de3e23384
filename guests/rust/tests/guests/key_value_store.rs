use super::*;

#[lunatic::test]
fn a_record_is_read_as_it_was_written() {
    let log = [encode("a", "one"), encode("", ""), encode("ключ", "значение")].concat();
    let mut log = log.as_slice();
    assert_eq!(read_record(&mut log).unwrap(), ("a".to_string(), "one".to_string()));
    assert_eq!(read_record(&mut log).unwrap(), (String::new(), String::new()));
    assert_eq!(read_record(&mut log).unwrap(), ("ключ".to_string(), "значение".to_string()));
    assert!(read_record(&mut log).is_err());
}

#[lunatic::test]
fn half_a_record_and_a_damaged_one_are_none() {
    let record = encode("key", "value");
    for length in 0..record.len() {
        assert!(read_record(&mut &record[..length]).is_err());
    }
    for place in 0..record.len() {
        let mut damaged = record.clone();
        damaged[place] ^= 1;
        assert!(read_record(&mut damaged.as_slice()).is_err());
    }
}

#[lunatic::test]
fn what_was_written_is_there_when_the_log_is_opened_again() {
    let _nothing_left_before = fs::remove_dir_all("store");
    let mut store = Store::open().unwrap();
    store.append("a", "one").unwrap();
    store.append("b", "two").unwrap();
    store.append("a", "three").unwrap();
    let half = encode("b", "never whole");
    store.log.write_all(&half[..half.len() - 1]).unwrap();
    drop(store);
    let mut store = Store::open().unwrap();
    assert_eq!(store.read("a").unwrap().as_deref(), Some("three"));
    assert_eq!(store.read("b").unwrap().as_deref(), Some("two"));
    assert_eq!(store.records, 3);
    store.compact().unwrap();
    assert_eq!((store.records, store.places.len()), (2, 2));
    assert_eq!(store.read("a").unwrap().as_deref(), Some("three"));
    fs::remove_dir_all("store").unwrap();
}

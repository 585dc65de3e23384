use super::*;

#[lunatic::test]
fn a_leaf_is_a_tree() {
    assert_eq!(grow(1, 0), 1);
}

#[lunatic::test]
fn every_level_doubles_the_leaves() {
    assert_eq!(grow(5, 1), 31);
}

#[lunatic::test]
#[ignore]
fn a_tree_of_ten_levels_has_1023_processes() {
    assert_eq!(grow(10, 1), 1_023);
}

//! `format!`, `String`, sorting and a `BTreeMap` over `n` strings: many small calls and copies.

use std::collections::BTreeMap;

#[no_mangle]
pub extern "C" fn run(n: u32) -> u32 {
    let mut lines: Vec<String> = (0..n).map(|i| format!("{:>6}|{:x}|{}", i, i.wrapping_mul(7919), i % 97)).collect();
    lines.sort_by(|a, b| b.cmp(a));
    let mut by_length: BTreeMap<usize, u32> = BTreeMap::new();
    for line in &lines {
        *by_length.entry(line.len()).or_insert(0) += line.bytes().map(u32::from).sum::<u32>();
    }
    let numbers: u32 = lines
        .iter()
        .flat_map(|line| line.split('|'))
        .filter_map(|part| part.trim().parse::<u32>().ok())
        .fold(0, |sum, number| sum.rotate_left(3) ^ number);
    let joined = lines.join("\n").to_uppercase();
    by_length.iter().fold(numbers ^ joined.len() as u32, |sum, (&length, &bytes)| {
        (sum ^ bytes).wrapping_mul(16_777_619).wrapping_add(length as u32)
    })
}

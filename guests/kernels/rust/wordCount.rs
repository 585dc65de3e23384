//! `HashMap<String, u32>`: counts `n` made-up words (SipHash, allocation, string comparison).

use std::collections::HashMap;

#[no_mangle]
pub extern "C" fn run(n: u32) -> u32 {
    const SYLLABLES: [&str; 16] = [
        "lu", "na", "tic", "web", "er", "lang", "pro", "cess", "mail", "box", "si", "gnal", "fu", "el", "re", "gion",
    ];
    let mut random = 9u32;
    let mut counts: HashMap<String, u32> = HashMap::new();
    for _ in 0..n {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        let mut word = String::new();
        for k in 0..1 + (random >> 28) % 3 {
            word.push_str(SYLLABLES[(random >> (k * 4)) as usize & 15]);
        }
        *counts.entry(word).or_insert(0) += 1;
    }
    let mut words: Vec<(&String, &u32)> = counts.iter().collect();
    words.sort();
    words.iter().fold(0u32, |sum, (word, &count)| {
        let hash = word.bytes().fold(count, |h, b| (h ^ u32::from(b)).wrapping_mul(16_777_619));
        sum.rotate_left(5) ^ hash
    })
}

//! Multiplies matrices in several processes: loops over memory, which a
//! compiler with vector instructions turns into those.
//! Arguments: how many tasks (default 4), rounds of each (default 50).

use std::time::Instant;

use lunatic::{spawn_link, Mailbox};

const SIZE: usize = 128;
type Matrix = Vec<[i32; SIZE]>;

fn multiply(left: &Matrix, right: &Matrix) -> Matrix {
    let mut product = vec![[0_i32; SIZE]; SIZE];
    for (row, target) in left.iter().zip(&mut product) {
        for (factor, line) in row.iter().zip(right) {
            for (cell, value) in target.iter_mut().zip(line) {
                *cell = cell.wrapping_add(factor.wrapping_mul(*value));
            }
        }
    }
    product
}

fn checksum(task: i32, rounds: u32) -> i32 {
    let start: Matrix = (0..SIZE as i32)
        .map(|row| {
            let mut line = [0; SIZE];
            for (column, cell) in line.iter_mut().enumerate() {
                *cell = (row * 31 + column as i32 * 17 + task) % 101 - 50;
            }
            line
        })
        .collect();
    let end = (0..rounds).fold(start.clone(), |matrix, _| multiply(&matrix, &start));
    end.iter()
        .flatten()
        .fold(0, |sum, cell| sum.rotate_left(5) ^ cell)
}

#[lunatic::main]
fn main(_: Mailbox<()>) {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse().unwrap());
    let tasks = args.next().unwrap_or(4);
    let rounds = args.next().unwrap_or(50) as u32;

    let start = Instant::now();
    let running: Vec<_> = (0..tasks)
        .map(|task| spawn_link!(@task |task, rounds| checksum(task, rounds)))
        .collect();
    for task in running {
        println!("checksum {:08x}", task.result());
    }
    println!("elapsed_us {}", start.elapsed().as_micros());
}

//! `n` rounds over boxed trait objects, closures and iterators: indirect calls through vtables.

trait Shape {
    fn area(&self) -> u32;
    fn grow(&mut self, by: u32);
}

struct Square(u32);
struct Rectangle(u32, u32);
struct Polygon(Vec<(i32, i32)>);

impl Shape for Square {
    fn area(&self) -> u32 {
        self.0.wrapping_mul(self.0)
    }
    fn grow(&mut self, by: u32) {
        self.0 = (self.0 + by) & 0xff;
    }
}

impl Shape for Rectangle {
    fn area(&self) -> u32 {
        self.0.wrapping_mul(self.1)
    }
    fn grow(&mut self, by: u32) {
        self.0 = (self.0 + by) & 0x7f;
        self.1 = (self.1 + 2 * by) & 0x3f;
    }
}

impl Shape for Polygon {
    fn area(&self) -> u32 {
        let next = self.0.iter().cycle().skip(1);
        let doubled: i32 = self.0.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
        doubled.unsigned_abs() / 2
    }
    fn grow(&mut self, by: u32) {
        for (index, corner) in self.0.iter_mut().enumerate() {
            corner.0 = (corner.0 + by as i32 * (index as i32 - 2)) % 1000;
            corner.1 = (corner.1 - by as i32) % 1000;
        }
    }
}

#[no_mangle]
pub extern "C" fn run(n: u32) -> u32 {
    let mut shapes: Vec<Box<dyn Shape>> = (0..96u32)
        .map(|i| -> Box<dyn Shape> {
            match i % 3 {
                0 => Box::new(Square(i)),
                1 => Box::new(Rectangle(i, i / 2)),
                _ => Box::new(Polygon((0..5).map(|k| (k * i as i32 % 17, k * k % 11)).collect())),
            }
        })
        .collect();
    let weights: Vec<Box<dyn Fn(u32) -> u32>> =
        vec![Box::new(|a| a ^ 0x55), Box::new(|a| a.rotate_left(7)), Box::new(|a| a.wrapping_mul(31))];
    let mut checksum = 0u32;
    for round in 0..n {
        for (index, shape) in shapes.iter_mut().enumerate() {
            shape.grow(round & 7);
            let area = weights[(index + round as usize) % 3](shape.area());
            checksum = (checksum ^ area).wrapping_mul(16_777_619);
        }
    }
    checksum
}

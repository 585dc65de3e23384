//! Vec with bounds checks: a sieve of Eratosthenes up to `n`, then windowed sums over a second vector.

#[no_mangle]
pub extern "C" fn run(n: u32) -> u32 {
    let n = n as usize;
    let mut is_prime = vec![true; n + 1];
    let mut i = 2;
    while i * i <= n {
        if is_prime[i] {
            let mut multiple = i * i;
            while multiple <= n {
                is_prime[multiple] = false;
                multiple += i;
            }
        }
        i += 1;
    }
    let primes: Vec<u32> = (2..=n as u32).filter(|&p| is_prime[p as usize]).collect();
    let gaps: Vec<u32> = primes.windows(2).map(|pair| pair[1] - pair[0]).collect();
    gaps.windows(3)
        .fold(primes.len() as u32, |sum, w| (sum ^ (w[0] * 31 + w[1] * 7 + w[2])).wrapping_mul(16_777_619))
}

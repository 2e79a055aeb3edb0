//! Many inputs at the same time.

use rayon::prelude::*;
use tabulary::ir::Error;

/// The stack of a thread, in bytes: documents may be deep.
const STACK: usize = 64 << 20;

/// Does something with each of many things on `threads` threads (0: as many as there are cores). The results are in the order
/// of the things.
///
/// # Errors
/// `Caller` where that many threads cannot be had.
pub fn in_parallel<T: Sync, R: Send>(
    things: &[T],
    threads: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Result<Vec<R>, Error> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .build();
    let pool = pool.map_err(|error| {
        Error::caller(format!("{threads} threads cannot be had")).caused_by(error)
    })?;
    Ok(pool.install(|| things.par_iter().map(&work).collect()))
}

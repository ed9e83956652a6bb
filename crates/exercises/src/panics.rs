//! A student's function may panic: that is an answer too, and no reason to fill the page with a backtrace.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What `f` returns, or the first line of the message that it panicked with, which is then not printed.
///
/// The panic hook that was set before is used for all other threads meanwhile, and is set again afterwards.
pub(crate) fn caught<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    // The hook is the whole process's: two threads that exchange it at once would each put back the other's.
    static EXCHANGE: Mutex<()> = Mutex::new(());
    let _exchange = EXCHANGE.lock().unwrap_or_else(PoisonError::into_inner);
    let here = thread::current().id();
    let before = Arc::new(take_hook());
    let others = Arc::clone(&before);
    set_hook(Box::new(move |panic| {
        if thread::current().id() != here {
            others(panic);
        }
    }));
    let result = catch_unwind(AssertUnwindSafe(f));
    drop(take_hook());
    if let Some(before) = Arc::into_inner(before) {
        set_hook(before);
    }
    result.map_err(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
        text.and_then(|text| text.lines().next()).unwrap_or("without a message").to_string()
    })
}

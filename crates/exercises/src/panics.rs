//! Catches a panic in a student's function: that is an answer too, and no reason to fill the page with a backtrace.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// How many answers this thread is trying, one inside the other.
    static TRYING: Cell<u32> = const { Cell::new(0) };
}

/// What `f` returns, or the first line of the message that it panicked with, which is then not printed.
///
/// From the first call on the panic hook is silent for a thread while it is in here; all else goes to the hook before.
pub(crate) fn caught<T>(f: impl FnOnce() -> T) -> Result<T, String> {
    // Where nothing unwinds, as in a browser, a panic is the end.
    if cfg!(not(panic = "unwind")) {
        return Ok(f());
    }
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if TRYING.get() == 0 {
                before(panic);
            }
        }));
    });
    TRYING.set(TRYING.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(f));
    TRYING.set(TRYING.get() - 1);
    result.map_err(|payload| {
        let text = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
        text.and_then(|text| text.lines().next()).unwrap_or("without a message").to_string()
    })
}

//! A student's function panics. One test in a process of its own, because the panic hook is the process's.

use exercises::check;
use std::panic::{set_hook, take_hook};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

fn second_to_last(g: &[f64]) -> f64 {
    thread::yield_now();
    g[g.len() - 2]
}

#[test]
fn a_panic_is_a_verdict_and_the_hook_is_back() {
    static PRINTED: AtomicUsize = AtomicUsize::new(0);
    let first = take_hook();
    set_hook(Box::new(|_| {
        PRINTED.fetch_add(1, SeqCst);
    }));
    let wanted = check("S3.4", second_to_last).to_string();
    // Its message is another one in a release build.
    assert!(wanted.starts_with("✗ S3.4: not yet; for the gradients [3.0] your function panicked ("), "{wanted}");
    assert!(wanted.ends_with("). Square each gradient, take the mean of the squares, then its root."), "{wanted}");
    let late = |g: &[f64]| if g.len() < 3 { g[0] } else { panic!("two\nlines") };
    let late = check("S3.4", late).to_string();
    assert!(late.contains("for the gradients [3.0, -4.0, 12.0] your function panicked (two). "), "{late}");
    assert!(check("S2.4b", second_to_last).to_string().contains("asks for a function of (w: f64, "));

    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..20).for_each(|_| assert_eq!(check("S3.4", second_to_last).to_string(), wanted)));
        }
    });
    assert_eq!(PRINTED.load(SeqCst), 0, "a caught panic was printed");

    // A function may check another answer, also in a thread that it waits for; its own panic is still not printed.
    let nested = |_: &[f64]| {
        assert_eq!(check("S3.4", second_to_last).to_string(), wanted);
        let there = thread::scope(|scope| scope.spawn(|| check("S3.4", second_to_last).to_string()).join());
        panic!("{}", there.unwrap() == wanted)
    };
    assert!(check("S3.4", nested).to_string().contains("your function panicked (true)"));
    assert_eq!(PRINTED.load(SeqCst), 0, "a nested check was printed");

    let elsewhere = |_: &[f64]| f64::from(thread::spawn(|| panic!("elsewhere")).join().is_err());
    assert!(!check("S3.4", elsewhere).is_right());
    assert_eq!(PRINTED.load(SeqCst), 4, "another thread's panic was hidden");
    assert!(thread::spawn(|| panic!("afterwards")).join().is_err());
    assert_eq!(PRINTED.load(SeqCst), 5, "the hook is not back");
    set_hook(first);
}

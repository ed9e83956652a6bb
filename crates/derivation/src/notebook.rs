//! How a notebook cell shows a result: evcxr reads blocks of several mime types from standard output.

use crate::chain::Derivation;
use crate::formula::Expr;
use crate::slides::{Step, Steps};

macro_rules! show {
    ($type:ty, $mime:literal, $rich:expr) => {
        impl $type {
            #[doc = concat!("Shows it in an evcxr notebook: ", $mime, " for the page, text/plain for tests.")]
            pub fn evcxr_display(&self) {
                let rich: fn(&$type) -> String = $rich;
                display::show(&[("text/plain", &self.to_string()), ($mime, &rich(self))]);
            }
        }
    };
}

show!(Expr, "text/latex", |expr| format!("$${}$$", expr.latex()));
show!(Derivation, "text/latex", Derivation::latex);
show!(Step, "text/markdown", Step::markdown);
show!(Steps, "text/markdown", Steps::markdown);

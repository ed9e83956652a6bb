//! How a notebook cell shows a result: evcxr reads blocks of several mime types from standard output.

use crate::chain::Derivation;
use crate::formula::Expr;
use crate::slides::{Step, Steps};

impl Derivation {
    /// Shows the derivation in an evcxr notebook: text/latex for the page, text/plain for tests.
    pub fn evcxr_display(&self) {
        display::show(&[("text/plain", &self.to_string()), ("text/latex", &self.latex())]);
    }
}

impl Expr {
    /// Shows the formula in an evcxr notebook: text/latex for the page, text/plain for tests.
    pub fn evcxr_display(&self) {
        display::show(&[("text/plain", &self.to_string()), ("text/latex", &format!("$${}$$", self.latex()))]);
    }
}

impl Step {
    /// Shows the step in an evcxr notebook: text/markdown for the page, text/plain for tests.
    pub fn evcxr_display(&self) {
        display::show(&[("text/plain", &self.to_string()), ("text/markdown", &self.markdown())]);
    }
}

impl Steps {
    /// Shows the steps in an evcxr notebook: text/markdown for the page, text/plain for tests.
    pub fn evcxr_display(&self) {
        display::show(&[("text/plain", &self.to_string()), ("text/markdown", &self.markdown())]);
    }
}

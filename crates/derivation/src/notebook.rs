//! How a notebook cell shows a result: evcxr reads blocks of several mime types from standard output.

use crate::derivation::Derivation;
use crate::expr::Expr;
use crate::sigma::{Step, Steps};

impl Derivation {
    /// Shows the derivation in an evcxr notebook: text/latex for the page, text/plain for tests.
    pub fn evcxr_display(&self) {
        println!("{}", blocks(&self.to_string(), "text/latex", &self.latex()));
    }
}

impl Expr {
    /// Shows the formula in an evcxr notebook: text/latex for the page, text/plain for tests.
    pub fn evcxr_display(&self) {
        println!("{}", blocks(&self.to_string(), "text/latex", &format!("$${}$$", self.latex())));
    }
}

impl Step {
    /// Shows the step in an evcxr notebook: text/markdown for the page, text/plain for tests.
    pub fn evcxr_display(&self) {
        println!("{}", blocks(&self.to_string(), "text/markdown", &self.markdown()));
    }
}

impl Steps {
    /// Shows the steps in an evcxr notebook: text/markdown for the page, text/plain for tests.
    pub fn evcxr_display(&self) {
        println!("{}", blocks(&self.to_string(), "text/markdown", &self.markdown()));
    }
}

/// The plain text and a richer form of one result.
fn blocks(plain: &str, mime: &str, rich: &str) -> String {
    let block = |mime: &str, content: &str| format!("EVCXR_BEGIN_CONTENT {mime}\n{content}\nEVCXR_END_CONTENT");
    format!("{}\n{}", block("text/plain", plain), block(mime, rich))
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_blocks_as_evcxr_reads_them() {
        insta::assert_snapshot!(super::blocks("σ", "text/latex", "$$\\sigma$$"), @r"
        EVCXR_BEGIN_CONTENT text/plain
        σ
        EVCXR_END_CONTENT
        EVCXR_BEGIN_CONTENT text/latex
        $$\sigma$$
        EVCXR_END_CONTENT
        ");
    }
}

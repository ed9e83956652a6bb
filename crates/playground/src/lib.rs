//! What the book's widgets show: a thin skin over the crates that the pages use, for a browser and for a test.
//!
//! [`show`] is the one door. A widget has a name and the values of its form, all texts, as they were typed; it gives the
//! HTML of its parts, or one sentence that says what is wrong. The book fills its first parts in with the same function,
//! so a reader without scripts sees what the others do.
//!
//! | widget | values | parts |
//! |---|---|---|
//! | `bowl` | start, η of either rule, curvatures, angle, t | losses and rates in sentences, picture |
//! | `start` | those, and a spot of that picture | the start there, for its two fields |
//! | `sigma` | gradients, η, w⁰, schedule | σᵗ in a sentence, table, the text of `derive`, picture |
//! | `schedules` | η, factor, every, k, t | each ηᵗ in a sentence, picture |
//! | `which` | the current gradient, the past one | the step in a sentence, its picture against either |
//! | `libraries` | gradients, η | the last step in a sentence, each library's steps, some of them as a picture |
//! | `check` | id of the exercise, answer | the verdict |
//!
//! ```
//! let shown = playground::show("check", vec!["S3.2".into(), "7.071".into()]).unwrap();
//! assert!(shown[0].contains("✓ S3.2: right."));
//!
//! let refused = playground::show("sigma", ["3 x", "1", "0", "constant"].map(String::from).to_vec());
//! assert_eq!(refused.unwrap_err(), "gradient 2, \"x\", is not a number");
//! ```

mod answer;
mod bowl;
mod libraries;
mod read;
mod schedules;
mod sigma;
mod which;

use wasm_bindgen::prelude::wasm_bindgen;

/// The parts of a widget for the values of its form.
///
/// # Errors
/// One sentence that names the value that is wrong; of gradients and what belongs to them, `derive`'s own.
#[wasm_bindgen]
pub fn show(widget: &str, values: Vec<String>) -> Result<Vec<String>, String> {
    let texts: Vec<&str> = values.iter().map(String::as_str).collect();
    match (widget, &texts[..]) {
        ("sigma", &[gradients, eta, w0, schedule]) => sigma::parts(gradients, eta, w0, schedule),
        ("schedules", values) if let Ok(values) = values.try_into() => schedules::parts(values),
        ("bowl", values) if let Ok(values) = values.try_into() => bowl::parts(values),
        ("start", [values @ .., across, down]) if let Ok(values) = values.try_into() => {
            bowl::start(values, [across, down])
        }
        ("which", &[current, past]) => which::parts(current, past),
        ("libraries", &[gradients, eta]) => libraries::parts(gradients, eta),
        ("check", &[id, answer]) => answer::parts(id, answer),
        _ => Err(format!("There is no widget {widget} with {} values.", values.len())),
    }
}

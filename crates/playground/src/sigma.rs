//! σᵗ step by step, with the reader's gradients.

use crate::read::{gradients, updates};
use derive::{Page, print};
use display::{escape, superscript, typeset};
use figures::{Table, rms};
use update_rules::{Adagrad, Descent, Schedule, Step, ndarray::array};

/// Of more gradients `derive` writes the last step only.
const ALL_STEPS: usize = 12;
/// As many as a reader will wait for.
const MOST: usize = 1000;

/// The last σᵗ and wᵗ⁺¹ in words, the table, what `derive` prints, the picture.
pub(crate) fn parts(typed: &str, eta: &str, w0: &str, schedule: &str) -> Result<Vec<String>, String> {
    let (mut arguments, rate, start) = updates(eta, w0, schedule, typed)?;
    let g = gradients(&arguments, MOST)?;
    let steps = steps(rate, start, &g)?;

    let last = steps.last().expect("derive refuses no gradients");
    let up = |t: usize| superscript(&t.to_string());
    let values = [last.sigma[0], last.w_next[0]].map(typeset);
    let says = format!("σ{} ≈ {}, w{} ≈ {}", up(last.t), values[0], up(last.t + 1), values[1]);
    arguments.last = g.len() > ALL_STEPS;
    let mut page = Page::new(Vec::new());
    print(&arguments, &mut page).map_err(|stop| stop.to_string())?;
    let printed = String::from_utf8(page.out).expect("it prints text");
    let last = if arguments.last { " --last" } else { "" };
    let typed: Vec<&str> = typed.split_whitespace().collect();
    let options = format!("{last} --eta {eta} --w0 {w0} --schedule {schedule}");
    let command = format!("just derive{options} {}", typed.join(" "));
    let derivation = format!(
        "<p><code>{}</code></p><pre class=\"derived\" tabindex=\"0\">{}</pre>",
        escape(&command),
        escape(&printed)
    );
    let sigmas = steps.iter().map(|step| step.sigma[0]);
    let picture = rms("Your gradients, and their root mean square so far", &g, sigmas);
    Ok(vec![says, table(&steps).html(), derivation, picture.svg().into()])
}

/// Adagrad's, each with all its numbers.
fn steps(schedule: Schedule, w0: f64, g: &[f64]) -> Result<Vec<Step<f64>>, String> {
    let mut left = g.iter();
    let rule = Adagrad::new(schedule, &array![w0]);
    let descent = Descent::new(rule, array![w0], |_| array![*left.next().expect("one for each step")]);
    descent.take(g.len()).collect::<Result<_, _>>().map_err(|error| error.to_string())
}

fn table(steps: &[Step<f64>]) -> Table {
    Table::new("Your gradients")
        .column("t", steps.iter().map(|s| s.t))
        .column("gᵗ", steps.iter().map(|s| s.g[0]))
        .column("(gᵗ)²", steps.iter().map(|s| s.g[0].powi(2)))
        .column("Σ(gⁱ)²", steps.iter().map(|s| s.sigma[0].powi(2) * (s.t as f64 + 1.0)))
        .column("σᵗ", steps.iter().map(|s| s.sigma[0]))
        .column("ηᵗ", steps.iter().map(|s| s.eta))
        .column("rate ηᵗ/σᵗ", steps.iter().map(|s| s.rate[0]))
        .column("step (ηᵗ/σᵗ) gᵗ", steps.iter().map(|s| s.update[0]))
        .column("wᵗ⁺¹", steps.iter().map(|s| s.w_next[0]))
}

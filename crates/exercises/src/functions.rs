//! The functions that exercises ask for, as a solution shows them. Each is named by its exercise, and ends where the next
//! line is empty; the tests compile them and check each.

// S1.3b
pub fn eta_at(eta: f64, t: usize) -> f64 {
    eta / (t as f64 + 1.0).sqrt()
}

// S2.4b
pub fn next(w: f64, eta: f64, g: &[f64]) -> f64 {
    let eta_t = eta / (g.len() as f64).sqrt();
    let sigma_t = (g.iter().map(|g| g * g).sum::<f64>() / g.len() as f64).sqrt();
    w - eta_t / sigma_t * g[g.len() - 1]
}

// S3.4
pub fn my_sigma(g: &[f64]) -> f64 {
    (g.iter().map(|g| g * g).sum::<f64>() / g.len() as f64).sqrt()
}

// S4.2
pub fn my_step(eta: f64, g: &[f64]) -> f64 {
    eta * g[g.len() - 1] / g.iter().map(|g| g * g).sum::<f64>().sqrt()
}

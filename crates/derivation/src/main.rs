//! `derive`
fn main() {
    let g: Vec<f64> = std::env::args()
        .skip(1)
        .map(|x| x.parse().unwrap())
        .collect();
    let all = derivation::adagrad(derivation::Schedule::InverseSqrt { eta: 1.0 }, 0.0, &g);
    println!("{all}\n");
    all.verify().unwrap();
    for d in [
        derivation::sigma_symbolic(None),
        derivation::sigma_symbolic(Some(2)),
        derivation::sigma_symbolic(Some(0)),
        derivation::sigma_symbolic(Some(9)),
        derivation::cancelling_root(),
        derivation::cancelling_root_of(1.0, &g),
        derivation::current_gradient(),
        derivation::past_gradient(),
    ] {
        println!("{d}\n");
        println!("{:?}", d.verify());
    }
}

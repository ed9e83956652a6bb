//! ηᵗ = η/√(t+1): the learning rate at step t (slide S1.3), and its relatives.

/// ηᵗ, the learning rate at step t = 0, 1, 2, …
///
/// Source: slides S1.1 and S1.3; [CS231n](https://cs231n.github.io/neural-networks-3/#anneal) for `InverseTime`.
///
/// ```
/// use update_rules::Schedule;
///
/// let slide = Schedule::InverseSqrt { eta: 1.0 };
/// let cs231n = Schedule::InverseTime { eta: 1.0, k: 1.0 };
/// let halved = Schedule::StepDecay { eta: 1.0, factor: 0.5, every: 2 };
/// for t in 0..4 {
///     println!("{:.4} {:.4} {:.4}", slide.at(t), cs231n.at(t), halved.at(t));
/// }
/// // 1.0000 1.0000 1.0000
/// // 0.7071 0.5000 1.0000
/// // 0.5774 0.3333 0.5000
/// // 0.5000 0.2500 0.5000
/// # assert_eq!([slide.at(3), cs231n.at(3), halved.at(3)], [0.5, 0.25, 0.5]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    /// ηᵗ = η.
    Constant {
        /// η, the learning rate.
        eta: f64,
    },
    /// ηᵗ = η · factor^⌊t/every⌋: "reduce the learning rate by some factor every few epochs" (S1.1).
    StepDecay {
        /// η, the learning rate of the first steps.
        eta: f64,
        /// What the rate is multiplied by, for instance 0.5.
        factor: f64,
        /// How many steps keep one rate; at least 1.
        every: usize,
    },
    /// ηᵗ = η/√(t+1), inverse square root decay: the slide calls it "1/t decay" (S1.3).
    InverseSqrt {
        /// η, the learning rate of the first step.
        eta: f64,
    },
    /// ηᵗ = η/(1 + k t): what CS231n calls 1/t decay, and PyTorch's `lr_decay` does.
    InverseTime {
        /// η, the learning rate of the first step.
        eta: f64,
        /// How much each step adds to the divisor.
        k: f64,
    },
}

impl Schedule {
    /// ηᵗ at step `t`, counted from 0.
    ///
    /// # Panics
    /// If `every` is 0.
    ///
    /// ```
    /// assert_eq!(update_rules::Schedule::InverseSqrt { eta: 2.0 }.at(3), 1.0); // 2/√4
    /// ```
    pub fn at(&self, t: usize) -> f64 {
        match *self {
            Schedule::Constant { eta } => eta,
            Schedule::StepDecay { eta, factor, every } => eta * num_traits::pow(factor, t / every),
            Schedule::InverseSqrt { eta } => eta / root(t),
            Schedule::InverseTime { eta, k } => eta / (1.0 + k * t as f64),
        }
    }

    /// ηᵗ √(t+1): what is left over √Σ(gⁱ)² when σᵗ's own √(t+1) is moved up to ηᵗ (S4.1).
    ///
    /// For the slide's schedule the roots cancel, and they are not computed: S4.2 holds to the last bit.
    pub(crate) fn over_root_of_sum(&self, t: usize) -> f64 {
        match *self {
            Schedule::InverseSqrt { eta } => eta,
            _ => self.at(t) * root(t),
        }
    }
}

/// √(t+1)
fn root(t: usize) -> f64 {
    (t as f64 + 1.0).sqrt()
}

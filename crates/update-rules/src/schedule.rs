//! ηᵗ = η/√(t+1): the learning rate at step t (slide S1.3), and its relatives.

/// ηᵗ, the learning rate at step t = 0, 1, 2, …; the numbers are finite and not negative, as each rule checks.
///
/// Source: slides S1.1 and S1.3; [CS231n](https://cs231n.github.io/neural-networks-3/#anneal) for `InverseTime`.
///
/// ```
/// use update_rules::Schedule;
///
/// let slide = Schedule::InverseSqrt { eta: 1.0 };
/// let cs231n = Schedule::InverseTime { eta: 1.0, k: 1.0 };
/// let halved = Schedule::StepDecay { eta: 1.0, factor: 0.5, every: 2 };
/// let at = |t| format!("{:.4} {:.4} {:.4}", slide.at(t), cs231n.at(t), halved.at(t));
/// assert_eq!(at(0), "1.0000 1.0000 1.0000");
/// assert_eq!(at(1), "0.7071 0.5000 1.0000");
/// assert_eq!(at(2), "0.5774 0.3333 0.5000");
/// assert_eq!(at(3), "0.5000 0.2500 0.5000");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use]
pub enum Schedule {
    /// ηᵗ = η.
    Constant {
        /// η, the learning rate.
        eta: f64,
    },
    /// ηᵗ = η · factor^⌊t/every⌋: "reduce the learning rate by some factor every few epochs" (S1.1).
    ///
    /// With `every: 1` it is exponential decay, η · factorᵗ.
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
    pub fn at(&self, t: usize) -> f64 {
        match *self {
            Schedule::Constant { eta } => eta,
            Schedule::StepDecay { every: 0, .. } => panic!("every is 0: it must be at least 1"),
            Schedule::StepDecay { eta, factor, every } => eta * num_traits::pow(factor, t / every),
            Schedule::InverseSqrt { eta } => eta / root(t),
            Schedule::InverseTime { eta, k } => eta / (1.0 + k * t as f64),
        }
    }

    /// One schedule of each kind, with this η: the list that tests go through.
    ///
    /// The other numbers are examples: half the rate every ten steps, and k = 1.
    ///
    /// ```
    /// let at_10 = update_rules::Schedule::all(1.0).map(|schedule| format!("{} {:.4}", schedule.name(), schedule.at(10)));
    /// assert_eq!(at_10, ["constant 1.0000", "step-decay 0.5000", "inverse-sqrt 0.3015", "inverse-time 0.0909"]);
    /// ```
    pub fn all(eta: f64) -> [Schedule; 4] {
        [
            Schedule::Constant { eta },
            Schedule::StepDecay { eta, factor: 0.5, every: 10 },
            Schedule::InverseSqrt { eta },
            Schedule::InverseTime { eta, k: 1.0 },
        ]
    }

    /// What the kind is called on a command line and in a legend: `inverse-sqrt`.
    pub fn name(&self) -> &'static str {
        match self {
            Schedule::Constant { .. } => "constant",
            Schedule::StepDecay { .. } => "step-decay",
            Schedule::InverseSqrt { .. } => "inverse-sqrt",
            Schedule::InverseTime { .. } => "inverse-time",
        }
    }

    /// The schedule itself, as a rule takes it in; panics with the number that makes no sense.
    pub(crate) fn checked(self) -> Self {
        match self {
            Schedule::Constant { .. } | Schedule::InverseSqrt { .. } => {}
            Schedule::StepDecay { factor, .. } => not_negative("factor", factor),
            Schedule::InverseTime { k, .. } => not_negative("k", k),
        }
        not_negative("eta", self.at(0)); // which refuses `every: 0`
        self
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

/// Panics with the number if it is negative or not finite.
pub(crate) fn not_negative(name: &str, x: f64) {
    assert!(x.is_finite() && x >= 0.0, "{name} is {x}: it must be finite and not negative");
}

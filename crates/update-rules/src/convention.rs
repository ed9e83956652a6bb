//! √s, √s + ε or √(s + ε): Adagrad's divisor as libraries write it, s being the running Σ(gⁱ)².
//!
//! None of them changes the rule; each changes what the first steps divide by. A library's learning rate is the η that
//! is left when the √(t+1) have cancelled (S4.2): pair these with `Schedule::InverseSqrt`, its default η in the comment.

use num_traits::Float;

/// How a convention turns the sum of squares s into a divisor.
///
/// ```
/// use update_rules::{Convention, Divisor};
///
/// let mut burn = Convention::burn();
/// assert_eq!(burn.divisor, Divisor::RootPlus { epsilon: 1e-5 });
/// burn.divisor = Divisor::RootOf { epsilon: 1e-3 }; // plain data: change what you want to see changed
/// println!("{burn:?}"); // Convention { divisor: RootOf { epsilon: 0.001 }, initial: 0.0, lr_decay: 0.0 }
/// # assert_eq!(format!("{burn:?}"), "Convention { divisor: RootOf { epsilon: 0.001 }, initial: 0.0, lr_decay: 0.0 }");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Divisor {
    /// √s; no step where s = 0.
    Root,
    /// √s + ε.
    RootPlus {
        /// ε ≥ 0.
        epsilon: f64,
    },
    /// √(s + ε).
    RootOf {
        /// ε ≥ 0.
        epsilon: f64,
    },
    /// √(s + ε), but no step where s = 0.
    RootOfUnlessZero {
        /// ε ≥ 0.
        epsilon: f64,
    },
}

/// The divisor √(s + inside) + outside, and whether s = 0 means no step: all four in one formula without a branch.
#[derive(Clone, Copy)]
pub(crate) struct Terms<A> {
    pub inside: A,
    pub outside: A,
    pub unless_zero: bool,
}

impl Divisor {
    pub(crate) fn terms<A: Float>(self) -> Terms<A> {
        let (inside, outside, unless_zero) = match self {
            Divisor::Root => (0.0, 0.0, true),
            Divisor::RootPlus { epsilon } => (0.0, epsilon, false),
            Divisor::RootOf { epsilon } => (epsilon, 0.0, false),
            Divisor::RootOfUnlessZero { epsilon } => (epsilon, 0.0, true),
        };
        Terms { inside: A::from(inside).unwrap(), outside: A::from(outside).unwrap(), unless_zero }
    }
}

/// Adagrad as one library writes it: divisor, initial sum of squares, and the library's own decay of η.
///
/// ```
/// use ndarray::array;
/// use update_rules::{Adagrad, Convention, Schedule};
///
/// for (library, convention) in Convention::all() {
///     let mut w = array![0.0];
///     let mut rule = Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &w).with_convention(convention);
///     rule.step(&array![0.001], &mut w);
///     println!("{library:14} {w:.4}");
/// }
/// // slide          [-1.0000]
/// // Duchi et al.   [-1.0000]
/// // PyTorch        [-1.0000]
/// // Keras          [-0.0032]
/// // tf.keras       [-0.0032]
/// // TensorFlow 1   [-0.0032]
/// // optax          [-0.0032]
/// // MXNet 1        [-0.9535]
/// // MXNet 2        [-0.9990]
/// // burn           [-0.9901]
/// // d2l            [-0.7071]
///
/// // An option of the library is a field: PyTorch with lr_decay = 0.1.
/// let mut w = array![0.0];
/// let decayed = Convention { lr_decay: 0.1, ..Convention::pytorch() };
/// let mut rule = Adagrad::new(Schedule::InverseSqrt { eta: 1.0 }, &w).with_convention(decayed);
/// rule.step(&array![3.0], &mut w); // 3/3, over 1
/// rule.step(&array![4.0], &mut w); // 4/5, over 1.1
/// println!("{w:.4}"); // [-1.7273]
/// # assert_eq!(format!("{w:.4}"), "[-1.7273]");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Convention {
    /// What a step divides by.
    pub divisor: Divisor,
    /// s₀, the sum of squares before the first step.
    pub initial: f64,
    /// k of a further decay, η/(1 + k t): the option `lr_decay` of PyTorch and burn, 0 by default.
    pub lr_decay: f64,
}

impl Convention {
    /// The slides: √s, nothing else.
    pub fn slide() -> Self {
        Convention { divisor: Divisor::Root, initial: 0.0, lr_decay: 0.0 }
    }

    /// Duchi, Hazan, Singer 2011, figure 1: δ + √s, δ ≥ 0.
    pub fn duchi(delta: f64) -> Self {
        Convention { divisor: Divisor::RootPlus { epsilon: delta }, ..Self::slide() }
    }

    /// PyTorch 2.15, `torch.optim.Adagrad`: √s + 1e-10; default η 0.01; `lr_decay` as there.
    pub fn pytorch() -> Self {
        Convention { divisor: Divisor::RootPlus { epsilon: 1e-10 }, ..Self::slide() }
    }

    /// Keras 3.15, `keras.optimizers.Adagrad`: √(s + 1e-7), s₀ = 0.1; default η 0.001.
    pub fn keras() -> Self {
        Convention { divisor: Divisor::RootOf { epsilon: 1e-7 }, initial: 0.1, lr_decay: 0.0 }
    }

    /// TensorFlow 2, `tf.keras.optimizers.Adagrad` before Keras 3: √s + 1e-7, s₀ = 0.1; default η 0.001.
    pub fn tf_keras() -> Self {
        Convention { divisor: Divisor::RootPlus { epsilon: 1e-7 }, ..Self::keras() }
    }

    /// TensorFlow 1, `tf.train.AdagradOptimizer`: √s, s₀ = 0.1.
    pub fn tensorflow1() -> Self {
        Convention { divisor: Divisor::Root, ..Self::keras() }
    }

    /// optax 0.2.8, `optax.adagrad`: √(s + 1e-7), no step where s = 0, s₀ = 0.1.
    pub fn optax() -> Self {
        Convention { divisor: Divisor::RootOfUnlessZero { epsilon: 1e-7 }, ..Self::keras() }
    }

    /// MXNet 1, `mx.optimizer.AdaGrad`: √(s + 1e-7); default η 0.01.
    pub fn mxnet1() -> Self {
        Convention { divisor: Divisor::RootOf { epsilon: 1e-7 }, ..Self::slide() }
    }

    /// MXNet 2, `mx.optimizer.AdaGrad`: √s + 1e-6; default η 0.01.
    pub fn mxnet2() -> Self {
        Convention { divisor: Divisor::RootPlus { epsilon: 1e-6 }, ..Self::slide() }
    }

    /// burn, `AdaGradConfig`: √s + 1e-5; `lr_decay` as PyTorch's.
    pub fn burn() -> Self {
        Convention { divisor: Divisor::RootPlus { epsilon: 1e-5 }, ..Self::slide() }
    }

    /// Dive into Deep Learning, section 12.7: √(s + 1e-6).
    pub fn d2l() -> Self {
        Convention { divisor: Divisor::RootOf { epsilon: 1e-6 }, ..Self::slide() }
    }

    /// Every convention with its name, in the order above; Duchi's with δ = 0.
    pub fn all() -> [(&'static str, Convention); 11] {
        [
            ("slide", Self::slide()),
            ("Duchi et al.", Self::duchi(0.0)),
            ("PyTorch", Self::pytorch()),
            ("Keras", Self::keras()),
            ("tf.keras", Self::tf_keras()),
            ("TensorFlow 1", Self::tensorflow1()),
            ("optax", Self::optax()),
            ("MXNet 1", Self::mxnet1()),
            ("MXNet 2", Self::mxnet2()),
            ("burn", Self::burn()),
            ("d2l", Self::d2l()),
        ]
    }
}

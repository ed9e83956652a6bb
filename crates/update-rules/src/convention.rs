//! √s, √s + ε or √(s + ε): a rule's divisor as libraries write it, s being Adagrad's running Σ(gⁱ)², or the mean of the
//! squares that RMSProp and Adam keep.
//!
//! An ε or another s at the start counts in the first steps, and where gradients are small. A library's learning rate
//! is the η that is left when Adagrad's √(t+1) have cancelled (S4.2): pair its conventions with `Adagrad::simplified`,
//! and those of RMSProp and Adam with a constant schedule. Default values of what is not in them are in the comments.

use ndarray::{Array, ArrayRef, Dimension, NdFloat};

use crate::schedule::not_negative;

/// A rule as one library writes it: the divisor √(s + eps_root) + eps, s before the first step, the library's decay of η.
///
/// ```
/// use update_rules::{Adagrad, Convention, ndarray::array};
///
/// let first_steps = Convention::ALL.map(|(library, convention)| {
///     let mut w = array![0.0];
///     Adagrad::simplified(1.0, &w).with_convention(convention).step(&array![0.001], &mut w);
///     format!("{library} {w:.4}")
/// });
/// assert_eq!(
///     first_steps.join(", "),
///     "slide [-1.0000], PyTorch [-1.0000], Keras [-0.0032], tf.keras [-0.0032], TensorFlow 1 [-0.0032], \
///      optax [-0.0032], MXNet 1 [-0.9535], MXNet 2 [-0.9990], burn [-0.9901], d2l [-0.7071]",
/// );
///
/// // An option of the library is a field: PyTorch with lr_decay = 0.1.
/// let mut w = array![0.0];
/// let decayed = Convention { lr_decay: 0.1, ..Convention::PYTORCH };
/// let mut rule = Adagrad::simplified(1.0, &w).with_convention(decayed);
/// rule.step(&array![3.0], &mut w); // 3/3, over 1
/// rule.step(&array![4.0], &mut w); // 4/5, over 1.1
/// assert_eq!(format!("{w:.4}"), "[-1.7273]");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Convention {
    /// ε outside the root: √s + ε.
    pub eps: f64,
    /// ε inside the root: √(s + ε).
    pub eps_root: f64,
    /// Whether s = 0 means no step even where an ε would allow one. Nothing is ever divided by 0.
    pub skip_zero: bool,
    /// Whether ε stands beside the root of Adam's mean before its correction: √v̂ + ε/√(1 − β₂ᵗ⁺¹).
    pub eps_uncorrected: bool,
    /// s₀, the sum or the mean of the squares before the first step.
    pub initial_accumulator: f64,
    /// k of a further decay, η/(1 + k t): the option `lr_decay` of PyTorch and burn, 0 by default.
    pub lr_decay: f64,
}

impl Convention {
    /// The slides: √s, nothing else. So Duchi, Hazan, Singer 2011, figure 1, δ + √s with δ = 0; another δ is `eps`.
    pub const SLIDE: Self = Convention {
        eps: 0.0,
        eps_root: 0.0,
        skip_zero: false,
        eps_uncorrected: false,
        initial_accumulator: 0.0,
        lr_decay: 0.0,
    };
    /// PyTorch 2.15, `torch.optim.Adagrad`: √s + 1e-10; default η 0.01; `lr_decay` as there.
    pub const PYTORCH: Self = Convention { eps: 1e-10, ..Self::SLIDE };
    /// Keras 3.15, `keras.optimizers.Adagrad`: √(s + 1e-7), s₀ = 0.1; default η 0.001.
    pub const KERAS: Self = Convention { eps_root: 1e-7, initial_accumulator: 0.1, ..Self::SLIDE };
    /// TensorFlow 2, `tf.keras.optimizers.Adagrad` before Keras 3: √s + 1e-7, s₀ = 0.1; default η 0.001.
    pub const TF_KERAS: Self = Convention { eps: 1e-7, initial_accumulator: 0.1, ..Self::SLIDE };
    /// TensorFlow 1, `tf.train.AdagradOptimizer`: √s, s₀ = 0.1.
    pub const TENSORFLOW_1: Self = Convention { initial_accumulator: 0.1, ..Self::SLIDE };
    /// optax 0.2.8, `optax.adagrad`: √(s + 1e-7), no step where s = 0, s₀ = 0.1.
    pub const OPTAX: Self = Convention { skip_zero: true, ..Self::KERAS };
    /// MXNet 1, `mx.optimizer.AdaGrad`: √(s + 1e-7); default η 0.01.
    pub const MXNET_1: Self = Convention { eps_root: 1e-7, ..Self::SLIDE };
    /// MXNet 2, `mx.optimizer.AdaGrad`: √s + 1e-6; default η 0.01.
    pub const MXNET_2: Self = Convention { eps: 1e-6, ..Self::SLIDE };
    /// burn, `AdaGradConfig`: √s + 1e-5; `lr_decay` as PyTorch's.
    pub const BURN: Self = Convention { eps: 1e-5, ..Self::SLIDE };
    /// Dive into Deep Learning, section 12.7: √(s + 1e-6).
    pub const D2L: Self = Convention { eps_root: 1e-6, ..Self::SLIDE };

    /// PyTorch 2.15, `torch.optim.RMSprop`: √v + 1e-8; default η 0.01, α 0.99.
    pub const PYTORCH_RMSPROP: Self = Convention { eps: 1e-8, ..Self::SLIDE };
    /// optax 0.2.8, `optax.rmsprop`: √(v + 1e-8); default α 0.9; another `initial_scale` is `initial_accumulator`.
    pub const OPTAX_RMSPROP: Self = Convention { eps_root: 1e-8, ..Self::SLIDE };
    /// Keras 3.15, `keras.optimizers.RMSprop`: √(v + 1e-7); default η 0.001, α 0.9.
    pub const KERAS_RMSPROP: Self = Convention { eps_root: 1e-7, ..Self::SLIDE };
    /// PyTorch 2.15, `torch.optim.Adam`: √v̂ + 1e-8; default η 0.001, β₁ 0.9, β₂ 0.999.
    pub const PYTORCH_ADAM: Self = Convention { eps: 1e-8, ..Self::SLIDE };
    /// optax 0.2.8, `optax.adam`: √v̂ + 1e-8, and √(v̂ + eps_root) + 1e-8; default β₁ 0.9, β₂ 0.999.
    pub const OPTAX_ADAM: Self = Self::PYTORCH_ADAM;
    /// Keras 3.15, `keras.optimizers.Adam`: 1e-7 beside the uncorrected √v; default η 0.001, β₁ 0.9, β₂ 0.999.
    pub const KERAS_ADAM: Self = Convention { eps: 1e-7, eps_uncorrected: true, ..Self::SLIDE };

    /// Every convention of Adagrad with its name.
    pub const ALL: [(&str, Self); 10] = [
        ("slide", Self::SLIDE),
        ("PyTorch", Self::PYTORCH),
        ("Keras", Self::KERAS),
        ("tf.keras", Self::TF_KERAS),
        ("TensorFlow 1", Self::TENSORFLOW_1),
        ("optax", Self::OPTAX),
        ("MXNet 1", Self::MXNET_1),
        ("MXNet 2", Self::MXNET_2),
        ("burn", Self::BURN),
        ("d2l", Self::D2L),
    ];

    /// The convention itself, as a rule takes it in; panics with the number that makes no sense.
    pub(crate) fn checked(self) -> Self {
        let Convention { eps, eps_root, initial_accumulator: s0, lr_decay, .. } = self;
        let numbers = [("eps", eps), ("eps_root", eps_root), ("initial_accumulator", s0), ("lr_decay", lr_decay)];
        for (name, x) in numbers {
            not_negative(name, x);
        }
        self
    }

    /// s of each parameter before the first step.
    pub(crate) fn first<A: NdFloat, D: Dimension>(self, w: &ArrayRef<A, D>) -> Array<A, D> {
        w.map(|_| A::from(self.initial_accumulator).unwrap())
    }

    /// η g/(√(s + eps_root) + eps) of g and s, `eta` being over its own further decay at step `t`.
    ///
    /// Without a branch. Dividing first makes Adagrad's first step exactly ±η: √(g·g) is |g| to the last bit.
    pub(crate) fn divide<A: NdFloat>(self, eta: f64, t: usize) -> impl Fn(A, A) -> A + Copy + Send + Sync {
        let numbers = [eta / (1.0 + self.lr_decay * t as f64), self.eps, self.eps_root];
        let [eta, eps, eps_root] = numbers.map(|x| A::from(x).unwrap());
        move |g, s| {
            let divisor = (s + eps_root).sqrt() + eps;
            let zero = if self.skip_zero { s } else { divisor };
            eta * if zero == A::zero() { A::zero() } else { g / divisor }
        }
    }
}

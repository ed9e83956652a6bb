//! √s, √s + ε or √(s + ε): Adagrad's divisor as libraries write it, s being the running Σ(gⁱ)².
//!
//! None of them changes the rule; each changes what the first steps divide by. A library's learning rate is the η that
//! is left when the √(t+1) have cancelled (S4.2): pair these with `Adagrad::simplified`, its default η in the comment.

use crate::schedule::not_negative;

/// Adagrad as one library writes it: the divisor √(s + eps_root) + eps, the sum's first value, the library's decay of η.
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
///     "slide [-1.0000], Duchi et al. [-1.0000], PyTorch [-1.0000], Keras [-0.0032], tf.keras [-0.0032], \
///      TensorFlow 1 [-0.0032], optax [-0.0032], MXNet 1 [-0.9535], MXNet 2 [-0.9990], burn [-0.9901], d2l [-0.7071]",
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
    /// s₀, the sum of squares before the first step.
    pub initial_accumulator: f64,
    /// k of a further decay, η/(1 + k t): the option `lr_decay` of PyTorch and burn, 0 by default.
    pub lr_decay: f64,
}

impl Convention {
    /// The slides: √s, nothing else.
    pub const SLIDE: Self =
        Convention { eps: 0.0, eps_root: 0.0, skip_zero: false, initial_accumulator: 0.0, lr_decay: 0.0 };
    /// Duchi, Hazan, Singer 2011, figure 1: δ + √s with δ = 0; another δ is `eps`.
    pub const DUCHI: Self = Self::SLIDE;
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

    /// Every convention with its name.
    pub const ALL: [(&str, Self); 11] = [
        ("slide", Self::SLIDE),
        ("Duchi et al.", Self::DUCHI),
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

    /// The convention itself, as a rule takes it in.
    ///
    /// # Panics
    /// If one of its numbers is negative or not finite; the message has its name and value.
    pub(crate) fn checked(self) -> Self {
        let Convention { eps, eps_root, initial_accumulator, lr_decay, skip_zero: _ } = self;
        let numbers = [eps, eps_root, initial_accumulator, lr_decay];
        for (name, x) in ["eps", "eps_root", "initial_accumulator", "lr_decay"].iter().zip(numbers) {
            not_negative(name, x);
        }
        self
    }
}

//! gᵗ = ∂L(θᵗ)/∂w: functions to descend on, with their gradients (slide S2.2) and Hessians.

use ndarray::{Array1, Array2, ArrayRef1, ArrayRef2, array};

/// y = a x² + b x + c in one parameter, the lecture's "larger gradient, larger steps?"; `w` is the array `[x]`.
///
/// ```
/// use update_rules::{Parabola, ndarray::array};
///
/// let p = Parabola { a: 2.0, b: -4.0, c: 5.0 };
/// assert_eq!((p.loss(&array![4.0]), p.gradient(&array![4.0])), (21.0, array![12.0]));
/// assert_eq!(p.best_step(4.0), 3.0); // |12| / 4
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parabola {
    /// Half the curvature; the minimum exists if it is positive.
    pub a: f64,
    /// The slope at x = 0.
    pub b: f64,
    /// The value at x = 0.
    pub c: f64,
}

impl Parabola {
    /// a x² + b x + c.
    pub fn loss(&self, w: &ArrayRef1<f64>) -> f64 {
        (self.a * w[0] + self.b) * w[0] + self.c
    }

    /// 2 a x + b.
    pub fn gradient(&self, w: &ArrayRef1<f64>) -> Array1<f64> {
        array![2.0 * self.a * w[0] + self.b]
    }

    /// |2 a x₀ + b| / 2a: |first derivative| / second derivative, the step that lands on the minimum.
    pub fn best_step(&self, x0: f64) -> f64 {
        (2.0 * self.a * x0 + self.b).abs() / (2.0 * self.a)
    }
}

/// A quadratic bowl ½ wᵀ H w, its minimum 0 at the origin.
///
/// ```
/// use update_rules::{Quadratic, ndarray::array};
///
/// let bowl = Quadratic::separable(&[0.1, 2.0]); // 0.1 x₁² + 2 x₂²
/// let w = array![-5.0, -2.0];
/// assert_eq!((bowl.loss(&w), bowl.gradient(&w)), (10.5, array![-1.0, -8.0]));
/// let turned = Quadratic::rotated([0.1, 2.0], 45.0);
/// assert_eq!(format!("{:.2}", turned.hessian()), "[[2.10, -1.90],\n [-1.90, 2.10]]");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Quadratic {
    hessian: Array2<f64>,
}

impl Quadratic {
    /// The bowl of a symmetric Hessian.
    ///
    /// # Panics
    /// If `hessian` is not square, or not symmetric.
    pub fn new(hessian: Array2<f64>) -> Self {
        assert!(hessian.is_square(), "the Hessian has shape {:?}", hessian.shape());
        assert!(hessian == hessian.t(), "the Hessian {hessian} is not symmetric");
        Quadratic { hessian }
    }

    /// Σ aⱼ wⱼ², one coefficient per parameter.
    pub fn separable(a: &[f64]) -> Self {
        Quadratic { hessian: Array2::from_diag(&a.iter().map(|a| 2.0 * a).collect::<Array1<f64>>()) }
    }

    /// a₀ u² + a₁ v², where (u, v) is (x₁, x₂) turned clockwise: the bowl itself is turned counterclockwise by `degrees`.
    pub fn rotated(a: [f64; 2], degrees: f64) -> Self {
        let (sin, cos) = libm::sincos(degrees.to_radians());
        let off_diagonal = 2.0 * (a[0] - a[1]) * sin * cos;
        Quadratic {
            hessian: array![
                [2.0 * (a[0] * cos * cos + a[1] * sin * sin), off_diagonal],
                [off_diagonal, 2.0 * (a[0] * sin * sin + a[1] * cos * cos)]
            ],
        }
    }

    /// ½ wᵀ H w.
    pub fn loss(&self, w: &ArrayRef1<f64>) -> f64 {
        0.5 * w.dot(&self.gradient(w))
    }

    /// H w.
    pub fn gradient(&self, w: &ArrayRef1<f64>) -> Array1<f64> {
        self.hessian.dot(w)
    }

    /// H.
    pub fn hessian(&self) -> Array2<f64> {
        self.hessian.clone()
    }
}

/// The fit y ≈ b + w x by the SUM of squares; its parameters are the array `[b, w]`.
///
/// ```
/// use update_rules::{LinearRegression, eigenvalues, ndarray::array};
///
/// let line = LinearRegression::new(array![0.0, 1.0, 2.0], array![1.0, 3.0, 5.0]);
/// assert_eq!(format!("{:.4} {}", line.minimum(), line.loss(&array![0.0, 2.0])), "[1.0000, 2.0000] 3");
///
/// let data = LinearRegression::pokemon();
/// assert_eq!(format!("{:.1}", data.gradient(&array![-120.0, -4.0])), "[-32112.0, -11306776.0]");
/// assert_eq!(format!("{:.6}", data.minimum()), "[-188.433197, 2.669455]");
/// let [large, small] = eigenvalues(&data.hessian());
/// assert_eq!(format!("{large:.2} {small:.4}"), "1746830.43 5.5735");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LinearRegression {
    x: Array1<f64>,
    y: Array1<f64>,
}

impl LinearRegression {
    /// The regression through the points (x, y).
    ///
    /// # Panics
    /// If `x` and `y` differ in shape.
    pub fn new(x: Array1<f64>, y: Array1<f64>) -> Self {
        assert!(x.shape() == y.shape(), "x has shape {:?} but y has shape {:?}", x.shape(), y.shape());
        LinearRegression { x, y }
    }

    /// The lecture's own data: the combat power of ten Pokémon before (x) and after (y) their evolution.
    pub fn pokemon() -> Self {
        Self::new(
            array![338., 333., 328., 207., 226., 25., 179., 60., 208., 606.],
            array![640., 633., 619., 393., 428., 27., 193., 66., 226., 1591.],
        )
    }

    /// The inputs.
    pub fn x(&self) -> &Array1<f64> {
        &self.x
    }

    /// The targets.
    pub fn y(&self) -> &Array1<f64> {
        &self.y
    }

    /// Σ (y − (b + w x))².
    pub fn loss(&self, w: &ArrayRef1<f64>) -> f64 {
        self.residuals(w).map(|(_, r)| r * r).sum()
    }

    /// [−2 Σ r, −2 Σ r x] with r = y − (b + w x).
    pub fn gradient(&self, w: &ArrayRef1<f64>) -> Array1<f64> {
        let (r, rx) = self.residuals(w).fold((0.0, 0.0), |(sum, sum_x), (x, r)| (sum + r, sum_x + r * x));
        array![-2.0 * r, -2.0 * rx]
    }

    /// [[2 n, 2 Σ x], [2 Σ x, 2 Σ x²]]: constant, since the loss is quadratic.
    pub fn hessian(&self) -> Array2<f64> {
        let (n, x, xx) = (self.x.len() as f64, self.x.sum(), self.x.dot(&self.x));
        array![[2.0 * n, 2.0 * x], [2.0 * x, 2.0 * xx]]
    }

    /// The least squares [b, w]; NaN unless two of the x differ.
    pub fn minimum(&self) -> Array1<f64> {
        let n = self.x.len() as f64;
        let (mean_x, mean_y) = (self.x.sum() / n, self.y.sum() / n);
        let dx = &self.x - mean_x;
        let w = dx.dot(&self.y) / dx.dot(&dx); // Σ dx = 0: no need to centre y
        array![mean_y - w * mean_x, w]
    }

    /// Each x with its residual r = y − (b + w x).
    fn residuals(&self, w: &ArrayRef1<f64>) -> impl Iterator<Item = (f64, f64)> {
        let (b, w) = (w[0], w[1]);
        self.x.iter().zip(&self.y).map(move |(&x, &y)| (x, y - (b + w * x)))
    }
}

/// The eigenvalues of a symmetric 2×2 matrix, largest first: the curvatures along its two axes.
///
/// The smaller is det/larger, since a difference would lose its digits when the condition number is large; the larger
/// must be positive, as a bowl's is.
///
/// # Panics
/// If the shape is not 2×2.
///
/// ```
/// use ndarray::array;
/// assert_eq!(update_rules::eigenvalues(&array![[2.0, 1.0], [1.0, 2.0]]), [3.0, 1.0]);
/// ```
pub fn eigenvalues(hessian: &ArrayRef2<f64>) -> [f64; 2] {
    assert!(hessian.shape() == [2, 2], "the matrix has shape {:?} but must have shape [2, 2]", hessian.shape());
    let (a, b, d) = (hessian[[0, 0]], hessian[[0, 1]], hessian[[1, 1]]);
    let large = (a + d) / 2.0 + libm::hypot((a - d) / 2.0, b);
    [large, (a * d - b * b) / large]
}

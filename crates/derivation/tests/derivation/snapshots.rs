//! The text as a reader sees it.

use derivation::*;
use insta::assert_snapshot;

fn slide(gradients: &[f64]) -> Steps {
    adagrad(Schedule::InverseSqrt { eta: 1.0 }, 0.0, gradients)
}

/// Slide 3's example.
#[test]
fn three_four_twelve() {
    assert_snapshot!("three-four-twelve", slide(&[3.0, 4.0, 12.0]));
}

/// The lecture's two rows (B1): the last gradient is especially large, and especially small.
#[test]
#[allow(clippy::approx_constant, reason = "the figures as they were published")]
fn the_lectures_two_rows() {
    let near = |a: f64, b: f64| assert!((a - b).abs() <= 0.5001e-6, "{a} {b}");
    for (name, row, sigmas, sizes) in [
        (
            "a-large-surprise",
            [0.001, 0.001, 0.003, 0.002, 0.1],
            [0.001, 0.001, 0.001915, 0.001936, 0.044755],
            [1.0, 0.707107, 0.904534, 0.516398, 0.999251],
        ),
        (
            "a-small-surprise",
            [10.8, 20.9, 31.7, 12.1, 0.1],
            [10.8, 16.635053, 22.791373, 20.644309, 18.464886],
            [1.0, 0.888397, 0.803023, 0.293059, 0.002422],
        ),
    ] {
        let steps = slide(&row);
        let mut w = 0.0;
        for (t, step) in steps.0.iter().enumerate() {
            near(step.sigma_value(), sigmas[t]);
            near(w - step.w_value().unwrap(), sizes[t]);
            w = step.w_value().unwrap();
        }
        assert_snapshot!(name, steps);
    }
}

/// F5: the steps are 1, 1/√2, 1/√3, …; the sums are elided from six terms on.
#[test]
fn a_constant_gradient_is_slide_ones_decay() {
    assert_snapshot!(slide(&[2.0; 4]).last(), @"
    σ³ = √( ¼ [ (g⁰)² + (g¹)² + (g²)² + (g³)² ] )   the root mean square of the gradients so far
       = √( ¼ [ (2)² + (2)² + (2)² + (2)² ] )       put in the gradients
       = √( ¼ (4 + 4 + 4 + 4) )                     square each
       = √( ¼ · 16 )                                add
       = √4                                         divide: the mean
       = 2                                          take the root

    w⁴ ← w³ − (η³/σ³) g³          Adagrad's update rule
       ≈ −2.28446 − (0.5/2) · 2   put in the numbers: η³ = 1/√4
       ≈ −2.28446 − 0.5           divide and multiply
       ≈ −2.78446                 subtract
    ");
    assert_snapshot!(slide(&[2.0; 100]).last(), @"
    σ⁹⁹ = √( 1/100 · [ (g⁰)² + (g¹)² + … + (g⁹⁹)² ] )   the root mean square of the gradients so far
        = √( 1/100 · [ (2)² + (2)² + … + (2)² ] )       put in the gradients
        = √( 1/100 · (4 + 4 + … + 4) )                  square each
        = √( 1/100 · 400 )                              add
        = √4                                            divide: the mean
        = 2                                             take the root

    w¹⁰⁰ ← w⁹⁹ − (η⁹⁹/σ⁹⁹) g⁹⁹      Adagrad's update rule
         ≈ −18.4896 − (0.1/2) · 2   put in the numbers: η⁹⁹ = 1/√100
         ≈ −18.4896 − 0.1           divide and multiply
         ≈ −18.5896                 subtract
    ");
}

#[test]
fn zeros_stay() {
    assert_snapshot!(slide(&[0.0, 0.0]), @"
    σ⁰ = √( (g⁰)² )   the root mean square of the gradients so far
       = √( (0)² )    put in the gradient
       = √0           square it
       = 0            take the root

    w¹ ← w⁰   every gradient so far is zero: the step would be 0/0, and w stays
       = 0    put in the number

    σ¹ = √( ½ [ (g⁰)² + (g¹)² ] )   the root mean square of the gradients so far
       = √( ½ [ (0)² + (0)² ] )     put in the gradients
       = √( ½ (0 + 0) )             square each
       = √( ½ · 0 )                 add
       = √0                         divide: the mean
       = 0                          take the root

    w² ← w¹   every gradient so far is zero: the step would be 0/0, and w stays
       = 0    put in the number
    ");
    cancelling_root_of(1.0, &[0.0]).verify().unwrap();
    assert_snapshot!(cancelling_root_of(1.0, &[0.0]), @"w⁰ − w¹ = 0   every gradient so far is zero: the step would be 0/0, and w stays");
}

#[test]
fn very_small_and_very_large() {
    assert_snapshot!(slide(&[-1.5e-170, 2e-170]).last(), @"
    σ¹ = √( ½ [ (g⁰)² + (g¹)² ] )                      the root mean square of the gradients so far
       = √( ½ [ (−1.5 × 10⁻¹⁷⁰)² + (2 × 10⁻¹⁷⁰)² ] )   put in the gradients
       = √( ½ (2.25 × 10⁻³⁴⁰ + 4 × 10⁻³⁴⁰) )           square each
       = √( ½ · (6.25 × 10⁻³⁴⁰) )                      add
       = √( 3.125 × 10⁻³⁴⁰ )                           divide: the mean
       ≈ 1.76777 × 10⁻¹⁷⁰                              take the root

    w² ← w¹ − (η¹/σ¹) g¹                                        Adagrad's update rule
       ≈ 1 − [ 0.707107 / (1.76777 × 10⁻¹⁷⁰) ] · (2 × 10⁻¹⁷⁰)   put in the numbers: η¹ = 1/√2
       ≈ 1 − 0.8                                                divide and multiply
       = 0.2                                                    subtract
    ");
    assert_snapshot!(sigma(&[3e200, 4e200]).last(), @"
    σ¹ = √( ½ [ (g⁰)² + (g¹)² ] )                 the root mean square of the gradients so far
       = √( ½ [ (3 × 10²⁰⁰)² + (4 × 10²⁰⁰)² ] )   put in the gradients
       = √( ½ (9 × 10⁴⁰⁰ + 1.6 × 10⁴⁰¹) )         square each
       = √( ½ · (2.5 × 10⁴⁰¹) )                   add
       = √( 1.25 × 10⁴⁰¹ )                        divide: the mean
       ≈ 3.53553 × 10²⁰⁰                          take the root
    ");
}

#[test]
fn each_schedule_says_what_its_rate_is() {
    let update = |schedule| {
        let steps = adagrad(schedule, 0.0, &[3.0, 4.0, 12.0]);
        steps.last().update.clone().unwrap()
    };
    assert_snapshot!(update(Schedule::Constant { eta: 0.5 }), @"
    w³ ← w² − (η²/σ²) g²                 Adagrad's update rule
       ≈ −1.06569 − (0.5/7.50555) · 12   put in the numbers: η² = 0.5
       ≈ −1.06569 − 0.799408             divide and multiply
       ≈ −1.86509                        subtract
    ");
    let halved = Schedule::StepDecay { eta: 0.8, factor: 0.5, every: 1 };
    assert_snapshot!(update(halved), @"
    w³ ← w² − (η²/σ²) g²                 Adagrad's update rule
       ≈ −1.25255 − (0.2/7.50555) · 12   put in the numbers: η² = 0.8 · (0.5)^2
       ≈ −1.25255 − 0.319763             divide and multiply
       ≈ −1.57231                        subtract
    ");
    assert_snapshot!(update(Schedule::InverseTime { eta: 1.5, k: 0.25 }), @"
    w³ ← w² − (η²/σ²) g²               Adagrad's update rule
       ≈ −2.85765 − (1/7.50555) · 12   put in the numbers: η² = 1.5 / (1 + 0.25 · 2)
       ≈ −2.85765 − 1.59882            divide and multiply
       ≈ −4.45646                      subtract
    ");
}

/// 0.1 + 0.2 is 0.30000000000000004 in binary floats; nobody wants to read that.
#[test]
fn the_noise_of_binary_floats_is_rounded_away() {
    assert_snapshot!(slide(&[0.1 + 0.2, 0.4]).last(), @"
    σ¹ = √( ½ [ (g⁰)² + (g¹)² ] )          the root mean square of the gradients so far
       ≈ √( ½ [ (0.300000)² + (0.4)² ] )   put in the gradients
       ≈ √( ½ (0.0900000 + 0.16) )         square each
       ≈ √( ½ · 0.250000 )                 add
       ≈ √0.125000                         divide: the mean
       ≈ 0.353553                          take the root

    w² ← w¹ − (η¹/σ¹) g¹                  Adagrad's update rule
       ≈ −1 − (0.707107/0.353553) · 0.4   put in the numbers: η¹ = 1/√2
       ≈ −1 − 0.800000                    divide and multiply
       ≈ −1.80000                         subtract
    ");
    assert_snapshot!(cancelling_root_of(0.1 + 0.2, &[0.4, 0.3]), @"
    w¹ − w² = (η¹/σ¹) g¹                                     the step of Adagrad
            ≈ (0.300000/√2) / √( ½ · 0.25 ) · 0.3            put in both definitions, with their numbers: η¹ ≈ 0.300000/√2, σ¹ = √( ½ · 0.25 ), (0.4)² + (0.3)² = 0.25
            ≈ (0.300000/√2) / (√½ · √0.25) · 0.3             the root of a product is the product of the roots
            ≈ (0.300000/√2) / [ (1/√2) · √0.25 ] · 0.3       the root of a quotient is the quotient of the roots: √1 = 1
            ≈ 0.300000 · (1/√2) / [ (1/√2) · √0.25 ] · 0.3   a quotient is a product with the reciprocal
            ≈ (0.300000/√0.25) · 0.3                         cancel the common factor
            ≈ (0.300000/0.5) · 0.3                           take the root
            ≈ 0.180000                                       divide and multiply
    ");
}

#[test]
fn a_sum_with_a_rounded_number_is_rounded_however_short() {
    // The second step is 1/√(1 + 10⁻⁴²), which is 1 to 40 digits, and yet not 1.
    assert_snapshot!(slide(&[1e-21, 1.0]).last().update.as_ref().unwrap(), @"
    w² ← w¹ − (η¹/σ¹) g¹                Adagrad's update rule
       ≈ −1 − (0.707107/0.707107) · 1   put in the numbers: η¹ = 1/√2
       ≈ −1 − 1.00000                   divide and multiply
       ≈ −2.00000                       subtract
    ");
}

/// −1 + 7/√(49 + 9 · 10⁻³⁶) is −9.18 · 10⁻³⁸, of which 40 digits of the step leave one.
#[test]
fn what_cancels_shows_no_digit_that_is_not_known() {
    assert_snapshot!(slide(&[3e-18, -7.0]).last().update.as_ref().unwrap(), @"
    w² ← w¹ − (η¹/σ¹) g¹                  Adagrad's update rule
       ≈ −1 − (0.707107/4.94975) · (−7)   put in the numbers: η¹ = 1/√2
       ≈ −1 − (−1.00000)                  divide and multiply
       ≈ −9 × 10⁻³⁸                       subtract
    ");
}

#[test]
fn sigma_in_symbols() {
    assert_snapshot!(sigma_symbolic(Some(0)), @"
    σ⁰ = √( 1/1 · Σᵢ₌₀⁰ (gⁱ)² )   the root mean square of the gradients so far
       = √( (g⁰)² )               a sum of one term, and a mean of one
       = |g⁰|                     the root of a square is the absolute value
    ");
    assert_snapshot!(sigma_symbolic(Some(9)), @"
    σ⁹ = √( ⅒ · Σᵢ₌₀⁹ (gⁱ)² )                   the root mean square of the gradients so far
       = √( ⅒ [ (g⁰)² + (g¹)² + … + (g⁹)² ] )   write out the sum
    ");
    assert_snapshot!(sigma_symbolic(None), @"
    σᵗ = √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² )                     the root mean square of the gradients so far
       = √( 1/(t+1) · [ (g⁰)² + (g¹)² + … + (gᵗ)² ] )   write out the sum
       = √( [ (g⁰)² + (g¹)² + … + (gᵗ)² ] / (t+1) )     to multiply by 1/(t+1) is to divide by t+1
       = √( (g⁰)² + (g¹)² + … + (gᵗ)² ) / √(t+1)        the root of a quotient is the quotient of the roots
       = √( Σᵢ₌₀ᵗ (gⁱ)² ) / √(t+1)                      write the sum with Σ again
    ");
}

#[test]
fn the_root_cancels() {
    assert_snapshot!(cancelling_root(), @"
    wᵗ − wᵗ⁺¹ = (ηᵗ/σᵗ) gᵗ                                                the step of Adagrad
              = [ η/√(t+1) ] / √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² ) · gᵗ            put in both definitions: ηᵗ = η/√(t+1), σᵗ = √( 1/(t+1) · Σᵢ₌₀ᵗ (gⁱ)² )
              = [ η/√(t+1) ] / [ √( 1/(t+1) ) · √( Σᵢ₌₀ᵗ (gⁱ)² ) ] · gᵗ   the root of a product is the product of the roots
              = [ η/√(t+1) ] / [ 1/√(t+1) · √( Σᵢ₌₀ᵗ (gⁱ)² ) ] · gᵗ       the root of a quotient is the quotient of the roots: √1 = 1
              = η · [ 1/√(t+1) ] / [ 1/√(t+1) · √( Σᵢ₌₀ᵗ (gⁱ)² ) ] · gᵗ   a quotient is a product with the reciprocal
              = η / √( Σᵢ₌₀ᵗ (gⁱ)² ) · gᵗ                                 cancel the common factor
    ");
    assert_snapshot!(cancelling_root_of(1.0, &[3.0, 4.0, 12.0]), @"
    w² − w³ = (η²/σ²) g²                            the step of Adagrad
            = (1/√3) / √( ⅓ · 169 ) · 12            put in both definitions, with their numbers: η² = 1/√3, σ² = √( ⅓ · 169 ), (3)² + (4)² + (12)² = 169
            = (1/√3) / (√⅓ · √169) · 12             the root of a product is the product of the roots
            = (1/√3) / [ (1/√3) · √169 ] · 12       the root of a quotient is the quotient of the roots: √1 = 1
            = 1 · (1/√3) / [ (1/√3) · √169 ] · 12   a quotient is a product with the reciprocal
            = (1/√169) · 12                         cancel the common factor
            = (1/13) · 12                           take the root
            ≈ 0.923077                              divide and multiply
    ");
}

#[test]
fn larger_gradient_larger_and_smaller_step() {
    assert_snapshot!(current_gradient(), @"
    ∂/∂|gᵗ| [ η |gᵗ| / √( Σᵢ₌₀ᵗ (gⁱ)² ) ]
      = ∂/∂|gᵗ| [ η |gᵗ| / √( S + (gᵗ)² ) ]             name the past squares S: S = Σᵢ₌₀ᵗ⁻¹ (gⁱ)²
      = η · ( (∂|gᵗ|/∂|gᵗ|) · √( S + (gᵗ)² ) − |gᵗ| · [ ∂/∂|gᵗ| √( S + (gᵗ)² ) ] ) / [ S + (gᵗ)² ]   the quotient rule, η being constant
      = η · ( √( S + (gᵗ)² ) − |gᵗ| · [ |gᵗ| / √( S + (gᵗ)² ) ] ) / [ S + (gᵗ)² ]   the chain rule: ∂/∂|gᵗ| √( S + (gᵗ)² ) = |gᵗ| / √( S + (gᵗ)² )
      = η · [ S + (gᵗ)² − (gᵗ)² ] / (S + (gᵗ)²)^(3/2)   multiply above and below by the root
      = η S / (S + (gᵗ)²)^(3/2)                         the two squares cancel
      ≥ 0                                               S is a sum of squares, and η is positive
    ");
    assert_snapshot!(past_gradient(), @"
    ∂/∂|gᵏ| [ η |gᵗ| / √( Σᵢ₌₀ᵗ (gⁱ)² ) ]
      = ∂/∂|gᵏ| [ η |gᵗ| / √( S + (gᵗ)² ) ]                              name the past squares S, step k among them: S = Σᵢ₌₀ᵗ⁻¹ (gⁱ)²
      = η |gᵗ| · [ ∂/∂|gᵏ| (S + (gᵗ)²)^(−1/2) ]                          constant factors come out
      = η |gᵗ| · (−½) · (S + (gᵗ)²)^(−3/2) · ( ∂/∂|gᵏ| [ S + (gᵗ)² ] )   the chain rule
      = η |gᵗ| · (−½) · (S + (gᵗ)²)^(−3/2) · (2 |gᵏ|)                    one square in S depends on it: ∂/∂|gᵏ| (gᵏ)² = 2 |gᵏ|
      = −η |gᵗ| |gᵏ| / (S + (gᵗ)²)^(3/2)                                 multiply
      ≤ 0                                                                absolute values are not negative, and η is positive
    ");
}

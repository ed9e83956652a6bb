//! Which page gets which widget, and its form. What a widget shows is the crate `playground`'s.

use crate::markdown::in_block;
use anyhow::{Result, anyhow};
use display::escape;

/// A widget at a cell of a page.
pub struct Widget {
    /// The page, and the cell where it stands: above the cell's output, if that is one of its parts, or else below.
    pub at: (&'static str, &'static str),
    /// Its name in `playground`.
    pub name: &'static str,
    /// Where its parts go, the first excepted: that is the form's own sentence. Either all are cells' outputs, or none.
    pub into: &'static [&'static str],
    /// With the values with which the parts are those outputs as they are committed.
    pub fields: Vec<Field>,
}

/// A field of a form.
pub struct Field {
    /// What stands before it.
    pub label: &'static str,
    /// Its first value.
    pub value: &'static str,
    /// How it is changed.
    pub kind: Kind,
}

/// How a value is changed.
pub enum Kind {
    /// Typed: one number.
    Text,
    /// Typed: many.
    List,
    /// From one number to another, in steps.
    Slider([&'static str; 3]),
    /// Likewise, and a button plays it.
    Played([&'static str; 3]),
    /// One of these values, each with its words.
    Choice(&'static [[&'static str; 2]]),
}

/// All of them, in the pages' order.
pub fn widgets() -> Vec<Widget> {
    vec![
        Widget {
            at: ("index", ""),
            name: "sigma",
            into: &["table", "derivation", "picture"],
            fields: gradients("3 4 12"),
        },
        Widget {
            at: ("01-adaptive-learning-rates", "schedules"),
            name: "schedules",
            into: &["your-schedules"],
            fields: vec![
                Field { label: "η", value: "3", kind: Kind::Text },
                Field { label: "factor", value: "0.5", kind: Kind::Text },
                Field { label: "every", value: "10", kind: Kind::Text },
                Field { label: "k", value: "1", kind: Kind::Text },
                Field { label: "t", value: "10", kind: Kind::Slider(["0", "39", "1"]) },
            ],
        },
        Widget {
            at: ("02-adagrad", "contours"),
            name: "bowl",
            into: &["your-bowl"],
            fields: vec![
                Field { label: "start w₁", value: "-5", kind: Kind::Slider(["-6", "6", "0.1"]) },
                Field { label: "start w₂", value: "-2", kind: Kind::Slider(["-6", "6", "0.1"]) },
                Field { label: "vanilla's η", value: "0.45", kind: Kind::Text },
                Field { label: "Adagrad's η", value: "1", kind: Kind::Text },
                Field { label: "flat curvature", value: "0.2", kind: Kind::Text },
                Field { label: "steep curvature", value: "4", kind: Kind::Text },
                Field { label: "angle of the valley", value: "0", kind: Kind::Slider(["-90", "90", "1"]) },
                Field { label: "t", value: "20", kind: Kind::Played(["0", "100", "1"]) },
            ],
        },
        Widget {
            at: ("03-sigma-step-by-step", "own"),
            name: "sigma",
            into: &["own", "own-derivation", "own-picture"],
            fields: gradients("2, -1, 0.5, 0.5, -6, 0, 1"),
        },
        Widget {
            at: ("05-contradiction", "past-picture"),
            name: "which",
            into: &["which-current", "which-past"],
            fields: vec![
                Field { label: "current gradient g¹", value: "12", kind: Kind::Slider(["0", "40", "1"]) },
                Field { label: "past gradient g⁰", value: "5", kind: Kind::Slider(["0", "40", "1"]) },
            ],
        },
        Widget {
            at: ("08-in-the-libraries", "rows-table"),
            name: "libraries",
            into: &["rows-table", "rows-picture"],
            fields: vec![
                Field { label: "Your gradients", value: "0.001 0.001 0.003 0.002 0.1", kind: Kind::List },
                Field { label: "η", value: "1", kind: Kind::Text },
            ],
        },
    ]
}

fn gradients(value: &'static str) -> Vec<Field> {
    let schedules = Kind::Choice(&[
        ["inverse-sqrt", "η/√(t+1)"],
        ["constant", "η"],
        ["step-decay:0.5:2", "η · 0.5^⌊t/2⌋"],
        ["inverse-time:1", "η/(1+t)"],
    ]);
    vec![
        Field { label: "Your gradients", value, kind: Kind::List },
        Field { label: "η", value: "1", kind: Kind::Text },
        Field { label: "w⁰", value: "0", kind: Kind::Text },
        Field { label: "ηᵗ", value: "inverse-sqrt", kind: schedules },
    ]
}

impl Widget {
    /// What it shows before anything is changed.
    ///
    /// # Errors
    /// The widget's own.
    pub fn parts(&self) -> Result<Vec<String>> {
        let values = self.fields.iter().map(|field| field.value.to_owned()).collect();
        playground::show(self.name, values).map_err(|sentence| anyhow!("the widget {}: {sentence}", self.name))
    }

    /// Whether its parts take the place of what cells have made.
    pub fn of_cells(&self) -> bool {
        self.into.contains(&self.at.1)
    }

    /// The form, which its script enables, with its sentence and those parts that no cell has made.
    ///
    /// # Errors
    /// The widget's own.
    pub fn html(&self) -> Result<String> {
        let fields: String = self.fields.iter().map(Field::html).collect();
        let parts = self.parts()?;
        let form = form(self.name, self.into, &format!("{fields}<output>{}</output>", parts[0]));
        let output = |(place, part): (&&str, &String)| {
            let part = in_block(part);
            format!("\n\n<div class=\"output\" tabindex=\"0\" data-cell=\"{place}\">{part}</div>")
        };
        let made = self.into.iter().zip(&parts[1..]).filter(|_| !self.of_cells());
        Ok(form + &made.map(output).collect::<String>())
    }
}

/// A form around fields, with the cells that its parts go into.
pub fn form(widget: &str, into: &[&str], fields: &str) -> String {
    format!(
        "<form class=\"play\" autocomplete=\"off\" data-widget=\"{widget}\" data-into=\"{}\">\
         <fieldset disabled>{fields}</fieldset></form>",
        into.join(" ")
    )
}

impl Field {
    fn html(&self) -> String {
        let Field { label, value, kind } = self;
        let input = match kind {
            Kind::List => format!("<input class=\"list\" value=\"{}\" spellcheck=\"false\">", escape(value)),
            Kind::Text => format!("<input value=\"{}\" spellcheck=\"false\">", escape(value)),
            Kind::Slider([least, most, step]) | Kind::Played([least, most, step]) => {
                format!(
                    "<input type=\"range\" min=\"{least}\" max=\"{most}\" step=\"{step}\" value=\"{value}\"><b>{value}</b>"
                )
            }
            Kind::Choice(values) => {
                let option = |[value, words]: &[&str; 2]| format!("<option value=\"{value}\">{words}</option>");
                format!("<select>{}</select>", values.iter().map(option).collect::<String>())
            }
        };
        let button = if matches!(kind, Kind::Played(_)) { "<button type=\"button\">Play</button>" } else { "" };
        format!("<label>{label} {input}</label>{button}")
    }
}

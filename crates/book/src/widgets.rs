//! Which page gets which widget, and its form. What a widget shows is the crate `playground`'s.

use anyhow::{Result, anyhow};
use display::escape;

/// A widget at a cell of a page.
pub struct Widget {
    /// The page, and the cell above whose output the form stands.
    pub at: (&'static str, &'static str),
    /// Its name in `playground`.
    pub name: &'static str,
    /// The cells whose outputs its parts take the place of, the first part excepted: that is the form's own sentence.
    pub into: &'static [&'static str],
    /// With the values with which the parts are those cells' committed outputs.
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
    /// Typed.
    Text,
    /// One of these values, each with its words.
    Choice(&'static [[&'static str; 2]]),
}

/// All of them, in the pages' order.
pub fn widgets() -> Vec<Widget> {
    vec![
        Widget {
            at: ("index", "table"),
            name: "sigma",
            into: &["table", "derivation", "picture"],
            fields: gradients("3 4 12"),
        },
        Widget {
            at: ("03-sigma-step-by-step", "own"),
            name: "sigma",
            into: &["own", "own-derivation", "own-picture"],
            fields: gradients("2, -1, 0.5, 0.5, -6, 0, 1"),
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
        Field { label: "Your gradients", value, kind: Kind::Text },
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

    /// The form, which its script enables, with its sentence.
    ///
    /// # Errors
    /// The widget's own.
    pub fn form(&self) -> Result<String> {
        let fields: String = self.fields.iter().map(Field::html).collect();
        let says = &self.parts()?[0];
        Ok(form(self.name, self.into, &format!("{fields}<output>{says}</output>")))
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
            Kind::Text => format!("<input value=\"{}\" spellcheck=\"false\">", escape(value)),
            Kind::Choice(values) => {
                let option = |[value, words]: &[&str; 2]| format!("<option value=\"{value}\">{words}</option>");
                format!("<select>{}</select>", values.iter().map(option).collect::<String>())
            }
        };
        format!("<label>{label} {input}</label>")
    }
}

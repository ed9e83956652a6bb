//! What one cell did, gathered from the kernel's messages.

use jupyter_protocol::{ExecutionCount, JupyterMessageContent as Content, Stdio as Stream};
use nbformat::v4::{DisplayData, ExecuteResult, MultilineString, Output};
use std::time::Duration;

/// What one cell did.
#[derive(Debug, Default)]
pub struct Executed {
    /// All that came on stdout while the cell ran.
    pub stdout: String,
    /// All that came on stderr.
    pub stderr: String,
    /// Its results.
    pub results: Vec<Output>,
    /// The kernel's own error: the cell did not compile, or its process ended.
    pub error: Option<String>,
    /// From the request to the reply.
    pub time: Duration,
}

impl Executed {
    /// What a notebook shows: stdout, then the results.
    pub fn outputs(&self) -> Vec<Output> {
        let stream = Output::Stream { name: "stdout".into(), text: MultilineString(self.stdout.clone()) };
        let printed = (!self.stdout.is_empty()).then_some(stream);
        printed.into_iter().chain(self.results.iter().cloned()).collect()
    }

    /// Takes in one message; `ours` if it answers this cell. A kind that no page shows is an error.
    pub fn take(&mut self, content: Content, ours: bool) {
        match content {
            // Late text may come with this cell's name or the last one's: `drain` leaves none to the next.
            Content::StreamContent(stream) => match stream.name {
                Stream::Stdout => self.stdout += &stream.text,
                Stream::Stderr => self.stderr += &stream.text,
            },
            Content::Status(_) | Content::ExecuteInput(_) => {}
            Content::ExecuteResult(result) if ours => self.results.push(Output::ExecuteResult(ExecuteResult {
                // The page numbers its cells itself: evcxr begins at 2.
                execution_count: ExecutionCount(0),
                data: result.data,
                metadata: Default::default(),
            })),
            Content::DisplayData(display) if ours => {
                self.results.push(Output::DisplayData(DisplayData { data: display.data, metadata: Default::default() }))
            }
            Content::ErrorOutput(error) => {
                *self.error.get_or_insert_default() += &(error.traceback.join("\n") + "\n");
            }
            other => {
                let whose = if ours { "" } else { " for another cell" };
                *self.error.get_or_insert_default() +=
                    &format!("it sent `{}`{whose}, which no page shows\n", other.message_type());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jupyter_protocol::{ClearOutput, MediaType, StreamContent, UpdateDisplayData};

    #[test]
    fn each_kind_of_message_is_shown_or_refused() {
        let text = || MediaType::Plain("3".into()).into();
        let mut cell = Executed::default();
        cell.take(jupyter_protocol::ExecuteResult::new(ExecutionCount(7), text()).into(), true);
        cell.take(jupyter_protocol::DisplayData::new(text()).into(), true);
        cell.take(StreamContent::stdout("late\n").into(), false);
        assert_eq!(cell.error, None);
        let outputs = cell.outputs();
        assert!(
            matches!(&outputs[..], [Output::Stream { text, .. }, Output::ExecuteResult(_), Output::DisplayData(_)] if text.0 == "late\n")
        );

        cell.take(ClearOutput { wait: false }.into(), true);
        cell.take(UpdateDisplayData::new(text(), "curve").into(), true);
        cell.take(jupyter_protocol::DisplayData::new(text()).into(), false);
        let error = cell.error.unwrap();
        let kinds = ["`clear_output`,", "`update_display_data`,", "`display_data` for another cell,"];
        assert!(
            error.lines().zip(kinds).all(|(line, kind)| line.contains(kind)) && error.lines().count() == 3,
            "{error}"
        );
    }
}

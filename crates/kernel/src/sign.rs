//! Keys, and a message signed anew: Jupyter's key is in its connection file, and evcxr has one of its own.

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use jupyter_zmq_client::RawMessage;
use ring::hmac::{self, Key};
use ring::rand;
use zeromq::{SocketSend, ZmqMessage};

/// A key that nobody can guess.
pub fn random_key() -> Result<String> {
    let bytes = rand::generate::<[u8; 16]>(&rand::SystemRandom::new());
    Ok(HEXLOWER.encode(&bytes.ok().context("the system gives no random numbers")?.expose()))
}

/// Passes a message on, whatever it is, under another signature; false if it is not signed by `from`: then it is nobody's.
/// An answer to a client that has gone is lost, and nothing else is.
pub async fn pass(message: ZmqMessage, from: &Option<Key>, to: &Option<Key>, socket: &mut impl SocketSend) -> bool {
    let signed = anew(message, from, to);
    let passed = signed.is_some();
    if let Some(message) = signed {
        let _ = socket.send(message).await;
    }
    passed
}

/// The message under the other signature: identities, the four signed parts and buffers stay as they are.
fn anew(message: ZmqMessage, from: &Option<Key>, to: &Option<Key>) -> Option<ZmqMessage> {
    let signed = RawMessage::from_multipart(message.clone(), from).ok()?.jparts[..4].concat();
    let mut frames = message.into_vec();
    let delimiter = frames.iter().position(|frame| frame == "<IDS|MSG>")?;
    let signature = to.as_ref().map(|key| HEXLOWER.encode(hmac::sign(key, &signed).as_ref()));
    frames[delimiter + 1] = signature.unwrap_or_default().into();
    frames.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Option<Key> {
        Some(Key::new(hmac::HMAC_SHA256, text.as_bytes()))
    }

    fn message(signature: &str) -> ZmqMessage {
        let mut message = ZmqMessage::from("one");
        for frame in ["two", "<IDS|MSG>", signature, "{}", "{\"a\":1}", "{}", "{\"b\":2}", "buffer"] {
            message.push_back(frame.to_owned().into());
        }
        message
    }

    #[test]
    fn only_the_signature_changes_and_only_a_right_one() {
        // Python: hmac.new(b"jupyter", b'{}{"a":1}{}{"b":2}', "sha256").hexdigest()
        let ours = || message("45af23c7e50b890dfde85f3068ba3af5abbbdc1906f2a3e20777ae86ca369da8");
        let frames = |message: Option<ZmqMessage>| message.map(ZmqMessage::into_vec);
        assert_eq!(frames(anew(message(""), &None, &key("jupyter"))), frames(Some(ours())));
        let theirs = anew(ours(), &key("jupyter"), &key("evcxr"));
        assert_ne!(frames(theirs.clone()), frames(Some(ours())));
        assert_eq!(frames(anew(theirs.unwrap(), &key("evcxr"), &key("jupyter"))), frames(Some(ours())));
        assert_eq!(frames(anew(ours(), &key("jupyter"), &None)), frames(Some(message(""))));
        for unsigned in [ours(), message("")] {
            assert_eq!(frames(anew(unsigned, &key("other"), &key("evcxr"))), None);
        }
    }
}

//! What goes between a run and its worker processes: a line of JSON, and then the bytes that it announces.

use std::io::{self, BufRead, Read, Write};

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Made};

/// Announces an input.
#[derive(Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) path: String,
    pub(super) name: Option<String>,
    pub(super) length: u64,
}

/// Announces an answer and the files that were made.
#[derive(Serialize, Deserialize)]
struct Reply {
    answer: Answer,
    kind: Kind,
    files: Vec<(String, u64)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Kind {
    Nothing,
    File,
    Folder,
}

pub(super) fn send_order(to: &mut impl Write, order: &Order, bytes: &[u8]) -> io::Result<()> {
    send_line(to, order)?;
    to.write_all(bytes)?;
    to.flush()
}

/// The next input; nothing where there are no more.
pub(super) fn receive_order(from: &mut impl BufRead) -> io::Result<Option<(Order, Vec<u8>)>> {
    let mut line = Vec::new();
    if from.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let order: Order = serde_json::from_slice(&line)?;
    let bytes = receive(from, order.length)?;
    Ok(Some((order, bytes)))
}

pub(super) fn send_answer(to: &mut impl Write, mut answer: Answer) -> io::Result<()> {
    let made = answer.made.take();
    let (kind, files) = match made {
        None => (Kind::Nothing, Vec::new()),
        Some(Made::File(bytes)) => (Kind::File, vec![(String::new(), bytes)]),
        Some(Made::Folder(files)) => (Kind::Folder, files),
    };
    let lengths = files
        .iter()
        .map(|(name, bytes)| (name.clone(), bytes.len() as u64));
    let reply = Reply {
        answer,
        kind,
        files: lengths.collect(),
    };
    send_line(to, &reply)?;
    for (_, bytes) in &files {
        to.write_all(bytes)?;
    }
    to.flush()
}

pub(super) fn receive_answer(from: &mut impl BufRead) -> io::Result<Answer> {
    let mut line = Vec::new();
    if from.read_until(b'\n', &mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let reply: Reply = serde_json::from_slice(&line)?;
    let mut files = Vec::new();
    for (name, length) in reply.files {
        files.push((name, receive(from, length)?));
    }
    let mut answer = reply.answer;
    answer.made = match reply.kind {
        Kind::Nothing => None,
        Kind::File => files.pop().map(|(_, bytes)| Made::File(bytes)),
        Kind::Folder => Some(Made::Folder(files)),
    };
    Ok(answer)
}

fn send_line(to: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *to, value)?;
    to.write_all(b"\n")
}

fn receive(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_received() {
        let mut bytes = Vec::new();
        let answer = Answer {
            format: Some("docx".to_owned()),
            made: Some(Made::Folder(vec![
                ("a".to_owned(), b"1\n2".to_vec()),
                ("b/c".to_owned(), Vec::new()),
            ])),
            ..Answer::default()
        };
        send_answer(&mut bytes, answer).expect("a vector takes all");
        let answer = receive_answer(&mut bytes.as_slice()).expect("an answer");
        assert_eq!(answer.format.as_deref(), Some("docx"));
        let Some(Made::Folder(files)) = answer.made else {
            panic!("a folder was sent");
        };
        assert_eq!(files[0], ("a".to_owned(), b"1\n2".to_vec()));
        assert_eq!(files[1], ("b/c".to_owned(), Vec::new()));
    }

    #[test]
    fn what_is_cut_is_no_answer() {
        let mut bytes = Vec::new();
        let answer = Answer {
            made: Some(Made::File(b"whole".to_vec())),
            ..Answer::default()
        };
        send_answer(&mut bytes, answer).expect("a vector takes all");
        for end in 0..bytes.len() {
            assert!(receive_answer(&mut &bytes[..end]).is_err(), "{end}");
        }
    }
}

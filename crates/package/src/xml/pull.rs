//! Pulling events out of an XML text.

use std::borrow::Cow;

use compact_str::CompactString;
use encoding_rs::Encoding;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use tabulary_ir::{Budget, Error};

use super::{Element, Node, Ns};

/// How often the clock is looked at: every so many events.
const EVENTS_PER_TICK: u32 = 4096;

/// The text of an XML part: by its byte order mark, else by the encoding that it declares, else UTF-8
/// (XML 1.0 4.3.3). Bytes that are no text become U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    let utf16 = match bytes {
        [b'<', 0, ..] => Some(encoding_rs::UTF_16LE),
        [0, b'<', ..] => Some(encoding_rs::UTF_16BE),
        _ => None,
    };
    let encoding = utf16
        .or_else(|| declared(bytes))
        .unwrap_or(encoding_rs::UTF_8);
    encoding.decode_without_bom_handling(bytes).0
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = std::str::from_utf8(
        bytes
            .get(..200.min(bytes.len()))?
            .split(|&b| b == b'>')
            .next()?,
    )
    .ok()?;
    let rest = head.strip_prefix("<?xml")?.split_once("encoding")?.1;
    let label = rest.split(['"', '\'']).nth(1)?;
    Encoding::for_label(label.as_bytes())
}

/// What comes next in an XML text. Empty elements come as a start and an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// An element begins.
    Start(Start<'a>),
    /// The element that began last ends.
    End,
    /// Text, with references resolved.
    Text(Cow<'a, str>),
    /// The text ended with every element closed.
    Eof,
}

/// The start of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start<'a> {
    /// Its namespace.
    pub ns: Ns,
    /// Its name without a prefix.
    pub local: Cow<'a, str>,
    /// Its attributes, without namespace declarations.
    pub attributes: Vec<Attribute>,
}

/// An attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its namespace; [`Ns::None`] without a prefix.
    pub ns: Ns,
    /// Its name without a prefix.
    pub local: CompactString,
    /// Its value, with references resolved.
    pub value: CompactString,
}

impl Start<'_> {
    /// Whether it has this name.
    pub fn is(&self, ns: Ns, local: &str) -> bool {
        self.ns == ns && self.local == local
    }

    /// The value of an attribute.
    pub fn attribute(&self, ns: Ns, local: &str) -> Option<&str> {
        find(&self.attributes, ns, local)
    }

    /// The value of an attribute without a namespace.
    pub fn plain(&self, local: &str) -> Option<&str> {
        self.attribute(Ns::None, local)
    }
}

pub(super) fn find<'a>(attributes: &'a [Attribute], ns: Ns, local: &str) -> Option<&'a str> {
    let found = attributes.iter().find(|a| a.ns == ns && a.local == local)?;
    Some(&found.value)
}

/// Pulls events out of an XML text, under the limits of a budget.
pub struct Pull<'a> {
    reader: NsReader<&'a [u8]>,
    text: &'a str,
    /// Bytes that were passed over without the reader.
    passed: u64,
    budget: &'a Budget,
    depth: u32,
    /// An empty element was given as a start, and its end is still to come.
    end_is_due: bool,
    /// The last event was a text, behind which the parser expects a tag.
    in_text: bool,
    events: u32,
}

impl<'a> Pull<'a> {
    /// Begins at the start of a text.
    pub fn new(text: &'a str, budget: &'a Budget) -> Self {
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.expand_empty_elements = false;
        Self {
            reader,
            text,
            passed: 0,
            budget,
            depth: 0,
            end_is_due: false,
            in_text: false,
            events: 0,
        }
    }

    /// The text that is still to be read, where the last event was the start of an element that is
    /// not empty, or the end of one. None within an empty element and behind a text.
    pub fn rest(&self) -> Option<&'a str> {
        let left = self.reader.get_ref().len();
        let rest = self.text.get(self.text.len().checked_sub(left)?..);
        rest.filter(|_| !self.end_is_due && !self.in_text)
    }

    /// The prefix of the element whose start was the last event, with its colon; empty without one.
    pub fn prefix(&self) -> &'a str {
        let left = self.reader.get_ref().len();
        let read = self.text.get(..self.text.len().saturating_sub(left));
        let read = read.unwrap_or_default();
        let tag = &read[read.rfind('<').map_or(read.len(), |at| at + 1)..];
        let name = tag
            .split(|c: char| c.is_ascii_whitespace() || c == '>')
            .next();
        let name = name.unwrap_or_default();
        name.find(':').map_or("", |at| &name[..=at])
    }

    /// Passes over bytes of [`rest`](Self::rest) that someone else has read: whole elements, with
    /// what stands between them.
    pub fn advance(&mut self, bytes: usize) {
        let rest = self.reader.get_mut();
        let passed = bytes.min(rest.len());
        *rest = &rest[passed..];
        self.passed += passed as u64;
    }

    /// How many elements are open.
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// The next event. Comments, processing instructions and document type declarations are passed over.
    ///
    /// # Errors
    /// `Input` where the XML is damaged or ends too early, `Limit` where elements stand too deep or
    /// the time is over.
    pub fn next_event(&mut self) -> Result<Event<'a>, Error> {
        let event = self.read_event();
        self.in_text = matches!(event, Ok(Event::Text(_)));
        event
    }

    fn read_event(&mut self) -> Result<Event<'a>, Error> {
        if std::mem::take(&mut self.end_is_due) {
            self.depth -= 1;
            return Ok(Event::End);
        }
        loop {
            self.events += 1;
            if self.events.is_multiple_of(EVENTS_PER_TICK) {
                self.budget.tick()?;
            }
            let raw = match self.reader.read_event() {
                Ok(raw) => raw,
                Err(error) => return Err(self.damaged(&error.to_string())),
            };
            match raw {
                Raw::Start(start) => return self.start(&start),
                Raw::Empty(start) => {
                    let event = self.start(&start)?;
                    self.end_is_due = true;
                    return Ok(event);
                }
                Raw::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Event::End);
                }
                Raw::Text(text) => {
                    let text = text.xml10_content();
                    if self.depth > 0 && !text.is_empty() {
                        return Ok(Event::Text(text));
                    }
                }
                Raw::CData(data) => {
                    let data = data.xml10_content();
                    if self.depth > 0 && !data.is_empty() {
                        return Ok(Event::Text(data));
                    }
                }
                Raw::GeneralRef(reference) => {
                    let text = match reference.resolve_char_ref() {
                        Ok(Some(character)) => Some(Cow::Owned(character.to_string())),
                        _ => quick_xml::escape::resolve_xml_entity(&reference).map(Cow::Borrowed),
                    };
                    if let Some(text) = text {
                        return Ok(Event::Text(text));
                    }
                }
                Raw::Eof if self.depth > 0 => {
                    return Err(self.damaged("the text ends inside of an element"));
                }
                Raw::Eof => return Ok(Event::Eof),
                Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) => {}
            }
        }
    }

    fn damaged(&self, cause: &str) -> Error {
        let position = self.reader.buffer_position() + self.passed;
        Error::input(format!("the XML is damaged at byte {position}: {cause}"))
    }

    fn start(&mut self, start: &BytesStart<'a>) -> Result<Event<'a>, Error> {
        self.depth += 1;
        let bound = self.budget.limits().xml_depth;
        if self.depth > bound {
            return Err(Error::limit(format!(
                "elements of XML stand more than {bound} deep in one another"
            ))
            .raise("xml_depth"));
        }
        let resolver = self.reader.resolver();
        let (ns, _) = resolver.resolve_element(start.name());
        let ns = namespace(&ns);
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false).flatten() {
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let (ns, local) = resolver.resolve_attribute(attribute.key);
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_or_else(
                    |_| CompactString::from(attribute.value.as_ref()),
                    CompactString::from,
                );
            attributes.push(Attribute {
                ns: namespace(&ns),
                local: CompactString::from(local.into_inner()),
                value,
            });
        }
        Ok(Event::Start(Start {
            ns,
            local: Cow::Owned(start.local_name().into_inner().to_owned()),
            attributes,
        }))
    }

    /// Passes over the rest of the element that began last.
    ///
    /// # Errors
    /// Those of [`next_event`](Self::next_event).
    pub fn skip(&mut self) -> Result<(), Error> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next_event()?;
        }
        Ok(())
    }

    /// The rest of the element that began last, as a tree.
    ///
    /// # Errors
    /// Those of [`next_event`](Self::next_event). The tree up to the fault is given by
    /// [`partial_element`](Self::partial_element).
    pub fn element(&mut self, start: Start<'_>) -> Result<Element, Error> {
        let (element, fault) = self.partial_element(start);
        fault.map_or(Ok(element), Err)
    }

    /// The rest of the element that began last, as a tree, up to its end or to a fault.
    pub fn partial_element(&mut self, start: Start<'_>) -> (Element, Option<Error>) {
        let mut open = vec![Element::from(start)];
        let fault = loop {
            match self.next_event() {
                Ok(Event::Start(start)) => open.push(Element::from(start)),
                Ok(Event::Text(text)) => {
                    if let Some(element) = open.last_mut() {
                        element.push_text(&text);
                    }
                }
                Ok(Event::End) if open.len() == 1 => break None,
                Ok(Event::End) => close(&mut open),
                Ok(Event::Eof) => break None,
                Err(error) => break Some(error),
            }
        };
        while open.len() > 1 {
            close(&mut open);
        }
        (open.pop().unwrap_or_default(), fault)
    }
}

fn close(open: &mut Vec<Element>) {
    if let Some(inner) = open.pop()
        && let Some(outer) = open.last_mut()
    {
        outer.children.push(Node::Element(inner));
    }
}

fn namespace(resolved: &ResolveResult<'_>) -> Ns {
    match resolved {
        ResolveResult::Bound(Namespace(uri)) => Ns::from_uri(uri),
        ResolveResult::Unbound => Ns::None,
        ResolveResult::Unknown(_) => Ns::Other,
    }
}

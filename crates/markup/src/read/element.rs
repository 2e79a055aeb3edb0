//! What the elements of HTML mean for a document.

use tabulary_ir::Mark;

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// Not shown; nothing is lost.
    LeftOut,
    /// Shown, and not read; the words name it.
    Skipped(&'static str),
    /// Part of a line.
    Inline,
    /// Part of a line with a mark.
    Marked(Mark),
    /// Stands on lines of its own.
    Block,
    Center,
    Paragraph,
    Heading(u8),
    List(Ordered),
    Table,
    Section,
    Quote,
    Preformatted,
    Rule,
    Break,
    Figure,
    Link,
    Image,
    Header,
    Footer,
    Term,
    Definition,
    Quotation,
    RubyText,
    Input,
    TextArea,
    Select,
}

/// Whether the items of a list are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ordered {
    Yes,
    No,
}

/// What the HTML element of that name is.
pub(super) fn element(name: &str) -> Element {
    use Element::*;
    match name {
        "script" | "style" | "template" | "noscript" | "head" | "title" | "link" | "meta"
        | "base" | "wbr" | "datalist" | "param" | "source" | "track" | "area" | "map"
        | "optgroup" | "option" | "colgroup" | "col" => LeftOut,
        "nav" => Skipped("a navigation block"),
        "button" => Skipped("a button"),
        "iframe" | "frame" | "frameset" | "noframes" => Skipped("an embedded page"),
        "audio" | "video" => Skipped("a sound or a film"),
        "canvas" => Skipped("a drawing"),
        "object" | "embed" | "applet" => Skipped("an embedded object"),
        "dialog" => Skipped("a dialogue"),
        "b" | "strong" => Marked(Mark::Bold),
        "i" | "em" | "cite" | "var" | "dfn" => Marked(Mark::Italic),
        "u" | "ins" => Marked(Mark::Underline),
        "s" | "del" | "strike" => Marked(Mark::Strike),
        "sub" => Marked(Mark::Subscript),
        "sup" => Marked(Mark::Superscript),
        "code" | "kbd" | "samp" | "tt" => Marked(Mark::Code),
        "mark" => Marked(Mark::Highlight),
        "p" => Paragraph,
        "h1" => Heading(1),
        "h2" => Heading(2),
        "h3" => Heading(3),
        "h4" => Heading(4),
        "h5" => Heading(5),
        "h6" => Heading(6),
        "ol" => List(Ordered::Yes),
        "ul" | "menu" | "dir" => List(Ordered::No),
        "table" => Table,
        "section" => Section,
        "blockquote" => Quote,
        "pre" | "listing" | "xmp" | "plaintext" => Preformatted,
        "hr" => Rule,
        "br" => Break,
        "figure" => Figure,
        "a" => Link,
        "img" | "image" => Image,
        "header" => Header,
        "footer" => Footer,
        "dt" => Term,
        "dd" => Definition,
        "center" => Center,
        "q" => Quotation,
        "rt" => RubyText,
        "input" => Input,
        "textarea" => TextArea,
        "select" => Select,
        "address" | "article" | "aside" | "body" | "caption" | "details" | "div" | "dl"
        | "fieldset" | "figcaption" | "form" | "hgroup" | "html" | "legend" | "li" | "main"
        | "search" | "summary" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => Block,
        _ => Inline,
    }
}

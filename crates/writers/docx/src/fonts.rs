//! East Asian fonts by their names, which the document refers to and does not hold.

/// The East Asian fonts of a language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fonts {
    pub(crate) title: &'static str,
    pub(crate) body: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) subheading: &'static str,
    /// The language that East Asian characters are taken to be of.
    pub(crate) language: &'static str,
}

pub(crate) const CHINESE: Fonts = Fonts {
    title: "方正小标宋简体",
    body: "仿宋",
    heading: "黑体",
    subheading: "楷体",
    language: "zh-CN",
};
pub(crate) const TRADITIONAL: Fonts = Fonts {
    title: "PMingLiU",
    body: "PMingLiU",
    heading: "Microsoft JhengHei",
    subheading: "DFKai-SB",
    language: "zh-TW",
};
pub(crate) const JAPANESE: Fonts = Fonts {
    title: "MS Gothic",
    body: "MS Mincho",
    heading: "MS Gothic",
    subheading: "MS Gothic",
    language: "ja-JP",
};
pub(crate) const KOREAN: Fonts = Fonts {
    title: "Malgun Gothic",
    body: "Batang",
    heading: "Malgun Gothic",
    subheading: "Malgun Gothic",
    language: "ko-KR",
};

impl Fonts {
    /// The fonts of text that is no official document.
    pub(crate) fn plain(self) -> Self {
        if self.body != CHINESE.body {
            return self;
        }
        Self {
            title: "黑体",
            body: "宋体",
            subheading: "黑体",
            ..self
        }
    }
}

/// Other names of the Chinese fonts, for programs that know them by these.
pub(crate) const ALTERNATIVES: [(&str, &str); 4] = [
    ("方正小标宋简体", "宋体"),
    ("仿宋", "FangSong"),
    ("黑体", "SimHei"),
    ("楷体", "KaiTi"),
];

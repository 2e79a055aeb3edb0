//! The families that are wanted for each role, and what stands in for them.

use tabulary_ir::FontRole as Role;

/// A role's families: those that official documents ask for, by any of their names, and the embedded
/// family that stands in for them (GB/T 9704-2012 7.3 for the choice of face).
pub(super) struct Choice {
    pub(super) role: Role,
    /// The usual name, for messages; empty where nothing in particular is asked for.
    pub(super) asked: &'static str,
    pub(super) names: &'static [&'static str],
    pub(super) stand_in: &'static str,
    pub(super) latin: &'static str,
}

pub(super) static CHOICES: &[Choice] = &[
    Choice {
        role: Role::Title,
        asked: "方正小标宋",
        names: &[
            "方正小标宋简体",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05S",
            "FZXiaoBiaoSong-B05",
            "小标宋",
        ],
        stand_in: "Noto Serif SC",
        latin: "Noto Serif",
    },
    Choice {
        role: Role::Heading,
        asked: "黑体",
        names: &[
            "SimHei",
            "黑体",
            "STHeiti",
            "Heiti SC",
            "FZHei-B01",
            "方正黑体简体",
        ],
        stand_in: "Noto Sans SC",
        latin: "Noto Sans",
    },
    Choice {
        role: Role::Subheading,
        asked: "楷体",
        names: &[
            "KaiTi_GB2312",
            "楷体_GB2312",
            "KaiTi",
            "楷体",
            "STKaiti",
            "Kaiti SC",
            "FZKai-Z03",
            "方正楷体简体",
        ],
        stand_in: "Tabulary Kai",
        latin: "Noto Serif",
    },
    Choice {
        role: Role::Body,
        asked: "仿宋",
        names: &[
            "FangSong_GB2312",
            "仿宋_GB2312",
            "FangSong",
            "仿宋",
            "STFangsong",
            "FZFangSong-Z02",
            "方正仿宋简体",
            "FandolFang R",
        ],
        stand_in: "Tabulary Kai",
        latin: "Noto Serif",
    },
    Choice {
        role: Role::Table,
        asked: "宋体",
        names: &[
            "SimSun",
            "宋体",
            "STSong",
            "Songti SC",
            "FZShuSong-Z01",
            "方正书宋简体",
        ],
        stand_in: "Noto Serif SC",
        latin: "Noto Serif",
    },
    Choice {
        role: Role::Code,
        asked: "",
        names: &["Noto Sans Mono CJK SC"],
        stand_in: "Noto Sans Mono",
        latin: "Noto Sans Mono",
    },
];

impl Choice {
    /// The choice for a role.
    pub(super) fn of(role: Role) -> &'static Self {
        let found = CHOICES.iter().find(|choice| choice.role == role);
        found.expect("every role has its row")
    }
}

/// Families that help out in Chinese, Japanese and Korean text, and signs that hardly any family has.
pub(super) const CHINESE: &str = "Noto Serif SC";
pub(super) const SIGNS: [&str; 2] = ["Noto Sans Math", "Noto Sans Symbols 2"];
/// Families of scripts that run from right to left.
pub(super) const FROM_RIGHT_TO_LEFT: [&str; 2] = ["Noto Naskh Arabic", "Noto Serif Hebrew"];

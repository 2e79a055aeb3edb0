//! Names of months, days and halves of the day, as Windows gives them to Excel.

use crate::locale::Tongue;

/// The names that one language has. Twelve months and seven days, split at the spaces.
struct Names {
    months: &'static str,
    short_months: &'static str,
    days: &'static str,
    short_days: &'static str,
    halves: [&'static str; 2],
}

const ENGLISH: Names = Names {
    months: "January February March April May June July August September October November December",
    short_months: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    days: "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
    short_days: "Sun Mon Tue Wed Thu Fri Sat",
    halves: ["AM", "PM"],
};

const NUMBERED_MONTHS: &str = "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月";
const CHINESE_MONTHS: &str = "一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月";
const CHINESE_DAYS: &str = "星期日 星期一 星期二 星期三 星期四 星期五 星期六";

const SIMPLIFIED: Names = Names {
    months: CHINESE_MONTHS,
    short_months: NUMBERED_MONTHS,
    days: CHINESE_DAYS,
    short_days: "周日 周一 周二 周三 周四 周五 周六",
    halves: ["上午", "下午"],
};

const TRADITIONAL: Names = Names {
    months: CHINESE_MONTHS,
    short_months: NUMBERED_MONTHS,
    days: CHINESE_DAYS,
    short_days: "週日 週一 週二 週三 週四 週五 週六",
    halves: ["上午", "下午"],
};

const JAPANESE: Names = Names {
    months: NUMBERED_MONTHS,
    short_months: "1 2 3 4 5 6 7 8 9 10 11 12",
    days: "日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日",
    short_days: "日 月 火 水 木 金 土",
    halves: ["午前", "午後"],
};

const KOREAN: Names = Names {
    months: "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
    short_months: "1 2 3 4 5 6 7 8 9 10 11 12",
    days: "일요일 월요일 화요일 수요일 목요일 금요일 토요일",
    short_days: "일 월 화 수 목 금 토",
    halves: ["오전", "오후"],
};

const GERMAN: Names = Names {
    months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    short_months: "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    days: "Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
    short_days: "So Mo Di Mi Do Fr Sa",
    halves: ["AM", "PM"],
};

const FRENCH: Names = Names {
    months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    short_months: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    days: "dimanche lundi mardi mercredi jeudi vendredi samedi",
    short_days: "dim. lun. mar. mer. jeu. ven. sam.",
    halves: ["AM", "PM"],
};

const SPANISH: Names = Names {
    months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    short_months: "ene feb mar abr may jun jul ago sep oct nov dic",
    days: "domingo lunes martes miércoles jueves viernes sábado",
    short_days: "dom lun mar mié jue vie sáb",
    halves: ["a.\u{a0}m.", "p.\u{a0}m."],
};

const ITALIAN: Names = Names {
    months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    short_months: "gen feb mar apr mag giu lug ago set ott nov dic",
    days: "domenica lunedì martedì mercoledì giovedì venerdì sabato",
    short_days: "dom lun mar mer gio ven sab",
    halves: ["AM", "PM"],
};

const PORTUGUESE: Names = Names {
    months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    short_months: "jan fev mar abr mai jun jul ago set out nov dez",
    days: "domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado",
    short_days: "dom seg ter qua qui sex sáb",
    halves: ["AM", "PM"],
};

const RUSSIAN: Names = Names {
    months: "Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь",
    short_months: "янв фев мар апр май июн июл авг сен окт ноя дек",
    days: "воскресенье понедельник вторник среда четверг пятница суббота",
    short_days: "Вс Пн Вт Ср Чт Пт Сб",
    halves: ["AM", "PM"],
};

const RUSSIAN_OF_DAY: Names = Names {
    months: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    ..RUSSIAN
};

const DUTCH: Names = Names {
    months: "januari februari maart april mei juni juli augustus september oktober november december",
    short_months: "jan feb mrt apr mei jun jul aug sep okt nov dec",
    days: "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
    short_days: "zo ma di wo do vr za",
    halves: ["AM", "PM"],
};

const SWEDISH: Names = Names {
    months: "januari februari mars april maj juni juli augusti september oktober november december",
    short_months: "jan feb mar apr maj jun jul aug sep okt nov dec",
    days: "söndag måndag tisdag onsdag torsdag fredag lördag",
    short_days: "sö må ti on to fr lö",
    halves: ["fm", "em"],
};

const DANISH: Names = Names {
    months: "januar februar marts april maj juni juli august september oktober november december",
    short_months: "jan feb mar apr maj jun jul aug sep okt nov dec",
    days: "søndag mandag tirsdag onsdag torsdag fredag lørdag",
    short_days: "sø ma ti on to fr lø",
    halves: ["AM", "PM"],
};

const NORWEGIAN: Names = Names {
    months: "januar februar mars april mai juni juli august september oktober november desember",
    short_months: "jan feb mar apr mai jun jul aug sep okt nov des",
    days: "søndag mandag tirsdag onsdag torsdag fredag lørdag",
    short_days: "sø ma ti on to fr lø",
    halves: ["AM", "PM"],
};

const TURKISH: Names = Names {
    months: "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    short_months: "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
    days: "Pazar Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi",
    short_days: "Paz Pzt Sal Çar Per Cum Cmt",
    halves: ["ÖÖ", "ÖS"],
};

fn names(tongue: Tongue) -> &'static Names {
    match tongue {
        Tongue::English => &ENGLISH,
        Tongue::Simplified => &SIMPLIFIED,
        Tongue::Traditional => &TRADITIONAL,
        Tongue::Japanese => &JAPANESE,
        Tongue::Korean => &KOREAN,
        Tongue::German => &GERMAN,
        Tongue::French => &FRENCH,
        Tongue::Spanish => &SPANISH,
        Tongue::Italian => &ITALIAN,
        Tongue::Portuguese => &PORTUGUESE,
        Tongue::Russian => &RUSSIAN,
        Tongue::RussianOfDay => &RUSSIAN_OF_DAY,
        Tongue::Dutch => &DUTCH,
        Tongue::Swedish => &SWEDISH,
        Tongue::Danish => &DANISH,
        Tongue::Norwegian => &NORWEGIAN,
        Tongue::Turkish => &TURKISH,
    }
}

fn nth(words: &'static str, number: usize) -> &'static str {
    words.split(' ').nth(number).unwrap_or_default()
}

/// A month, January being 1: by its first letter, short or in full, for three, four or five `m`.
pub(crate) fn month(tongue: Tongue, month: u8, letters: usize) -> &'static str {
    let number = usize::from(month).saturating_sub(1);
    let names = names(tongue);
    match letters {
        3 => nth(names.short_months, number),
        5 => {
            let name = nth(names.months, number);
            name.char_indices()
                .nth(1)
                .map_or(name, |(end, _)| &name[..end])
        }
        _ => nth(names.months, number),
    }
}

/// A day of the week, Sunday being 0.
pub(crate) fn day(tongue: Tongue, day: u8, short: bool) -> &'static str {
    let names = names(tongue);
    nth(
        if short { names.short_days } else { names.days },
        usize::from(day),
    )
}

pub(crate) fn half_day(tongue: Tongue, is_afternoon: bool) -> &'static str {
    names(tongue).halves[usize::from(is_afternoon)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_all_names() {
        use Tongue::*;
        for tongue in [
            English,
            Simplified,
            Traditional,
            Japanese,
            Korean,
            German,
            French,
            Spanish,
            Italian,
            Portuguese,
            Russian,
            RussianOfDay,
            Dutch,
            Swedish,
            Danish,
            Norwegian,
            Turkish,
        ] {
            let names = names(tongue);
            for months in [names.months, names.short_months] {
                assert_eq!(months.split(' ').count(), 12, "{months}");
            }
            for days in [names.days, names.short_days] {
                assert_eq!(days.split(' ').count(), 7, "{days}");
            }
        }
        assert_eq!(month(English, 12, 5), "D");
        assert_eq!(month(German, 3, 3), "Mrz");
        assert_eq!(day(Simplified, 1, true), "周一");
    }
}

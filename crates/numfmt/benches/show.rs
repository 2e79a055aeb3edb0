//! How long a thousand numbers take under a format code.

use divan::{Bencher, black_box};
use tabulary_numfmt::{FormatCode, Setting};

const NUMBERS: u64 = 1000;

const CODES: [&str; 12] = [
    "General",
    "0",
    "0.00",
    "#,##0.00",
    "0.0%",
    "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)",
    "[>=1000]#,##0;[<0]0.0;0.00",
    "0.00E+00",
    "# ?/?",
    "yyyy-mm-dd",
    "yyyy\"年\"m\"月\"d\"日\" h:mm:ss",
    "[DBNum1]General",
];

fn main() {
    divan::main();
}

fn numbers(number: impl Fn(u64) -> String) -> Vec<String> {
    (0..NUMBERS).map(number).collect()
}

fn show(bencher: Bencher<'_, '_>, code: &str, numbers: &[String]) {
    let code = FormatCode::parse(code);
    let setting = Setting::default();
    let mut out = String::new();
    bencher.counter(NUMBERS).bench_local(|| {
        for number in numbers {
            out.clear();
            code.write_number(black_box(number), &setting, &mut out);
            black_box(&out);
        }
    });
}

#[divan::bench(args = CODES)]
fn decimals(bencher: Bencher<'_, '_>, code: &str) {
    let numbers = numbers(|number| format!("{}.{:03}", 40_000 + number * 7, number * 37 % 1000));
    show(bencher, code, &numbers);
}

#[divan::bench(args = CODES)]
fn integers(bencher: Bencher<'_, '_>, code: &str) {
    show(bencher, code, &numbers(|number| (number * 13).to_string()));
}

#[divan::bench(args = CODES)]
fn parse(bencher: Bencher<'_, '_>, code: &str) {
    bencher.bench(|| FormatCode::parse(black_box(code)));
}

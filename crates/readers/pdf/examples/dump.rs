//! Looks at what is found in files: `dump MODE FILE...`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "throw-away"
)]
use std::time::Instant;
fn main() {
    let mut args = std::env::args().skip(1);
    let mode = args.next().unwrap();
    for path in args {
        let bytes = std::fs::read(&path).unwrap();
        let options = tabulary_ir::ReadOptions::default();
        let start = Instant::now();
        match mode.as_str() {
            "text" => {
                let done = tabulary_read_pdf::pages(&bytes, &options, |page| {
                    let mut last = f32::MAX;
                    let mut x = 0.0f32;
                    for g in &page.glyphs {
                        if g.hidden {
                            continue;
                        }
                        if (g.origin[1] - last).abs() > 1.0 {
                            println!();
                        } else if g.bbox.x0 - x > g.size * 0.2 {
                            print!(" ");
                        }
                        last = g.origin[1];
                        x = g.bbox.x1;
                        print!("{}", g.text);
                    }
                    println!("\u{c}");
                });
                if let Err(e) = done {
                    eprintln!("{path}: {e}");
                }
            }
            "glyphs" => {
                tabulary_read_pdf::pages(&bytes, &options, |page| {
                    println!("== {} {}x{}", page.number, page.width, page.height);
                    for g in &page.glyphs {
                        println!(
                            "{:?} [{:.1},{:.1}] {:?} w{:.1} size {:.1} {} {:?} hidden {}",
                            g.text,
                            g.origin[0],
                            g.origin[1],
                            g.turn,
                            g.bbox.width(),
                            g.size,
                            page.faces[g.face as usize].name,
                            g.mark,
                            g.hidden
                        );
                    }
                    for l in &page.links {
                        println!("{l:?}");
                    }
                    for i in &page.images {
                        println!("{i:?}");
                    }
                })
                .unwrap();
            }
            _ => {
                use tabulary_ir::Reader;
                let result = std::panic::catch_unwind(|| {
                    let r = tabulary_read_pdf::PdfReader
                        .read(tabulary_ir::Input::new(&bytes), &options);
                    match r {
                        Ok(o) => {
                            let mut codes = std::collections::BTreeMap::<&str, usize>::new();
                            for d in &o.diagnostics {
                                *codes.entry(d.code.as_str()).or_default() += 1;
                            }
                            if mode == "read" {
                                for d in &o.diagnostics {
                                    println!("    {d}");
                                }
                                println!(
                                    "{:#?}\n{:#?}\n{:?}",
                                    o.value.meta, o.value.notes, o.value.resources
                                );
                            }
                            format!(
                                "ok {} blocks {} res {codes:?}",
                                o.value.body.len(),
                                o.value.resources.iter().count()
                            )
                        }
                        Err(e) => format!("error {:?} {e}", e.kind()),
                    }
                });
                let ms = start.elapsed().as_secs_f64() * 1e3;
                match result {
                    Ok(s) => println!("{ms:8.1} ms {path}: {s}"),
                    Err(_) => println!("{ms:8.1} ms {path}: PANIC"),
                }
            }
        }
    }
}

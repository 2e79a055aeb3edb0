fn main() {
    let path = std::env::args().nth(1).unwrap();
    let bytes = std::fs::read(path).unwrap();
    let options = tabulary_ir::ReadOptions::default();
    tabulary_read_pdf::pages(&bytes, &options, |page| {
        println!(
            "== {} {}x{} glyphs {} rulings {} fills {} images {}",
            page.number,
            page.width,
            page.height,
            page.glyphs.len(),
            page.rulings.len(),
            page.fills.len(),
            page.images.len()
        );
        let mut last = f32::MAX;
        for g in &page.glyphs {
            if (g.origin[1] - last).abs() > 1.0 {
                println!();
                print!(
                    "[{:.0},{:.0} {:.1} {:?}] ",
                    g.origin[0], g.origin[1], g.size, g.turn
                );
                last = g.origin[1];
            }
            print!("{}", g.text);
        }
        println!();
        for r in page.rulings.iter().take(20) {
            println!("{r:?}");
        }
    })
    .unwrap();
}

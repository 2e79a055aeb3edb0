//! The `tabulary` command: arguments, progress, messages. The work is done by the library.

mod archive;
mod archive_args;
mod archive_each;
mod args;
mod check;
mod convert;
mod convert_many;
mod diff;
mod extract;
mod fonts;
mod form;
mod form_args;
mod hearing;
mod inspect;
mod ledger;
mod many;
mod messages;
mod publishing;
mod reports;
mod rollup;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use messages::Exit;

/// Layout takes and gives back small and large pieces of memory all the time; the usual allocator gives the large ones
/// back to the system, and has them cleared again, each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A fault of the program becomes an error that names the file; its trace would only hide that.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let asked_for = !error.use_stderr();
            let printed = error.print();
            return if asked_for && printed.is_ok() {
                Exit::Done
            } else {
                Exit::Usage
            }
            .into();
        }
    };
    let exit = match arguments.command {
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Fonts(arguments) => fonts::run(&arguments),
        Command::Form(command) => form::run(&command),
        Command::Extract(arguments) => extract::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::RollUp(arguments) => rollup::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Ledger(arguments) => ledger::run(&arguments),
        Command::Archive(arguments) => archive::run(&arguments),
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Schema => messages::print(&format!("{:#}\n", tabulary::ir::json::schema())),
    };
    exit.into()
}

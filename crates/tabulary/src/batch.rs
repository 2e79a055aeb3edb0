//! Many files in one run.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use tabulary_ir::Error;

use crate::convert::{Converted, Options, convert};
use crate::registry::by_name;

/// A file to convert, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The file.
    pub input: PathBuf,
    /// Where its result goes.
    pub output: PathBuf,
}

/// The files of a run.
#[derive(Debug, Default)]
pub struct Plan {
    /// What to do, in the order of the inputs.
    pub jobs: Vec<Job>,
    /// Inputs that cannot be part of it, and why.
    pub refused: Vec<(PathBuf, Error)>,
}

/// Plans the conversion of files and folders into the folder `output`, as files with `extension`.
///
/// A folder stands for every file below it whose extension is that of a format that is read, and is
/// mirrored in the output folder. Files that would take the same name keep their extension in it:
/// `a.xls` and `a.xlsx` become `a.xls.json` and `a.xlsx.json`.
pub fn plan(inputs: &[PathBuf], output: &Path, extension: &str) -> Plan {
    let mut plan = Plan::default();
    let mut found: Vec<(PathBuf, PathBuf)> = Vec::new();
    for input in inputs {
        if input.is_dir() {
            let mut inside = Vec::new();
            if let Err(error) = files_below(input, &mut inside) {
                plan.refused
                    .push((input.clone(), Error::io("the folder cannot be read", error)));
            }
            for file in inside {
                let below = file.strip_prefix(input).unwrap_or(&file).to_owned();
                found.push((file, below));
            }
        } else {
            let name = input
                .file_name()
                .map_or_else(|| input.clone(), PathBuf::from);
            found.push((input.clone(), name));
        }
    }
    let mut claims: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for (_, below) in &found {
        *claims.entry(below.with_extension(extension)).or_default() += 1;
    }
    let mut taken: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
    for (input, below) in found {
        let mut name = below.with_extension(extension);
        if claims.get(&name).is_some_and(|count| *count > 1) {
            name = PathBuf::from(format!("{}.{extension}", below.display()));
        }
        let mut number = 2;
        while taken.get(&name).is_some_and(|other| *other != input) {
            name = PathBuf::from(format!("{}.{number}.{extension}", below.display()));
            number += 1;
        }
        if taken.insert(name.clone(), input.clone()).is_none() {
            plan.jobs.push(Job {
                input,
                output: output.join(name),
            });
        }
    }
    plan
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let kind = entry.file_type()?;
        if kind.is_dir() {
            files_below(&path, files)?;
        } else if path.is_file() {
            let extension = path
                .extension()
                .map(|extension| extension.to_string_lossy().into_owned());
            let row = extension.and_then(|extension| by_name(&extension));
            if row.is_some_and(|row| row.reader.is_some()) {
                files.push(path);
            }
        }
    }
    Ok(())
}

/// Converts the files of a plan on `threads` threads (0: as many as there are cores). `done` hears of
/// every file as it ends, from any thread. The results are in the order of the jobs.
///
/// Each file has threads of its own: where a library waits for work that it shared out among the threads of a file, it
/// takes up what else they have to do, and that must not be the next file, inside of the one that waits.
///
/// # Errors
/// `Caller` where that many threads cannot be had.
pub fn run(
    jobs: &[Job],
    options: &Options,
    threads: usize,
    done: &(dyn Fn(&Job, &Result<Converted, Error>) + Sync),
) -> Result<Vec<Result<Converted, Error>>, Error> {
    let threads = match threads {
        0 => std::thread::available_parallelism().map_or(1, NonZero::get),
        asked => asked,
    };
    let workers = threads.min(jobs.len()).max(1);
    let pools = (0..workers).map(|_| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads / workers)
            .stack_size(16 << 20)
            .build()
    });
    let pools: Vec<_> = pools.collect::<Result<_, _>>().map_err(|error| {
        Error::caller(format!("{threads} threads cannot be had")).caused_by(error)
    })?;
    let next = AtomicUsize::new(0);
    let results: Vec<_> = jobs.iter().map(|_| OnceLock::new()).collect();
    let take = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        jobs.get(at).zip(results.get(at))
    };
    let work = || {
        while let Some((job, place)) = take() {
            let result = one(job, options);
            done(job, &result);
            place.get_or_init(|| result);
        }
    };
    std::thread::scope(|scope| {
        for pool in &pools {
            scope.spawn(|| pool.install(work));
        }
    });
    let ended = results.into_iter().map(|place| {
        place
            .into_inner()
            .expect("the threads end when every job has its result")
    });
    Ok(ended.collect())
}

fn one(job: &Job, options: &Options) -> Result<Converted, Error> {
    if let Some(folder) = job.output.parent() {
        fs::create_dir_all(folder).map_err(|error| {
            Error::io(
                format!("the folder {} cannot be made", folder.display()),
                error,
            )
        })?;
    }
    convert(&job.input, &job.output, options)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_file_does_not_begin_inside_of_another() {
        let folder = tempfile::tempdir().expect("a folder");
        let jobs: Vec<_> = (0..8)
            .map(|number| Job {
                input: folder.path().join(format!("{number}.md")),
                output: folder.path().join(format!("{number}.pdf")),
            })
            .collect();
        for job in &jobs {
            fs::write(&job.input, "# One\n\ntwo **three**\n").expect("a file");
        }
        let ended = Mutex::new(Vec::new());
        let done = |job: &Job, result: &Result<Converted, Error>| {
            assert!(result.is_ok(), "{result:?}");
            ended.lock().expect("no panic").push(job.input.clone());
        };
        run(&jobs, &Options::default(), 1, &done).expect("a thread");
        let inputs: Vec<_> = jobs.iter().map(|job| job.input.clone()).collect();
        assert_eq!(ended.into_inner().expect("no panic"), inputs);
    }

    #[test]
    fn outputs_of_one_name_keep_their_extension() {
        let inputs = ["x/a.xls", "x/a.xlsx", "x/b.docx", "y/b.docx", "x/b.docx"].map(PathBuf::from);
        let plan = plan(&inputs, Path::new("out"), "json");
        let names: Vec<_> = plan
            .jobs
            .iter()
            .map(|job| job.output.display().to_string())
            .collect();
        assert_eq!(
            names,
            [
                "out/a.xls.json",
                "out/a.xlsx.json",
                "out/b.docx.json",
                "out/b.docx.2.json"
            ]
        );
    }
}

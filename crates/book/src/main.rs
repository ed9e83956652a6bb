//! `book [FOLDER]`: builds the book there, or in target/book.

fn main() -> anyhow::Result<()> {
    let to = std::env::args_os().nth(1).map_or_else(|| verifier::root().join("target/book"), Into::into);
    book::build(&to)?;
    println!("{}", to.join("index.html").display());
    Ok(())
}
